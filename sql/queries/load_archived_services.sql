-- What is still to be known of services that were taken off the pages.
select id, slug, name, group_name, parent_id from service where archived is not null;
