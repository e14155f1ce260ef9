// tests/unit/notify/signature_test.cpp: the published example of Standard Webhooks, and rotation.
#include "server/notify/signature.hpp"

#include <catch2/catch.hpp>

using namespace outcry;
using namespace std::chrono_literals;

namespace {
const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const std::string id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
}  // namespace

TEST_CASE("the signature is that of the specification's example") {
    CHECK(notify::sign(secret, id, 1614265330, R"({"test": 2432232314})") ==
          "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("a secret of our own making is one, and no two are alike") {
    const auto fresh = notify::make_webhook_secret();
    CHECK(notify::is_webhook_secret(fresh));
    CHECK(fresh != notify::make_webhook_secret());
    CHECK(notify::is_webhook_secret(secret));
    for (const auto* wrong : {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_short", "whsec_####",
                              "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS"})
        CHECK_FALSE(notify::is_webhook_secret(wrong));
}

TEST_CASE("while a rotation lasts both secrets sign; afterwards the new one alone") {
    const Time now{1614265330s};
    storage::Target target;
    target.secret = secret;
    target.old_secret = notify::make_webhook_secret();
    target.old_secret_until = now + 1s;
    const auto both = notify::sign(secret, id, 1614265330, "{}") + ' ' +
                      notify::sign(target.old_secret, id, 1614265330, "{}");
    CHECK(notify::signatures(target, id, "{}", now) == both);
    CHECK(notify::signatures(target, id, "{}", now + 999ms) == both);
    CHECK(notify::signatures(target, id, "{}", now + 1s) == notify::sign(secret, id, 1614265331, "{}"));
}
