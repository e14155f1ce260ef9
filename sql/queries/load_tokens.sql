-- Every token that is in force, oldest first; scopes joined by the unit separator.
select name, hash, array_to_string(scopes, e'\x1f'), (extract(epoch from made) * 1000)::bigint
from operator_token where revoked is null order by made, id;
