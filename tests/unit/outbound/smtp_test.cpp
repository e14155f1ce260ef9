// tests/unit/outbound/smtp_test.cpp: what is put into a mail stays where it was put.
#include "server/outbound/smtp.hpp"

#include <catch2/catch.hpp>

using namespace outcry::outbound;

TEST_CASE("an address is one address, and nothing that could add a header or a recipient") {
    for (const auto* good :
         {"mara@example.org", "a.b+c@mail.example.org", "ops@localhost", "o'brien@example.ie"})
        CHECK(is_mail_address(good));
    for (const auto* bad :
         {"", "mara", "@example.org", "mara@", "mara@example.org\r\nBcc: all@example.org", "mara@example.org\n",
          "a@b.c,d@e.f", "a@b.c d@e.f", "Mara <mara@example.org>", "mara@exam ple.org", "mara@-example.org",
          "mara@example..org", "\"a b\"@example.org", "m\xc3\xa4ra@example.org"})
        CHECK_FALSE(is_mail_address(bad));
}

TEST_CASE("a subject with line breaks is one line, and one in another script survives") {
    Mail mail{.to = {"a@example.org", "b@example.org"},
              .subject = "x\r\nBcc: all@example.org\r\n\r\nbody",
              .text = "Hello.\n",
              .id = "1",
              .date = "Thu, 22 Jan 2026 12:00:00 +0000"};
    const auto plain = compose(mail, "outcry@example.org");
    CHECK(plain.find("\r\nBcc:") == std::string::npos);
    CHECK_THAT(plain, Catch::Contains("Subject: x  Bcc: all@example.org    body\r\n"));
    CHECK_THAT(plain, Catch::Contains("To: a@example.org,\r\n b@example.org\r\n"));
    CHECK_THAT(plain, Catch::Contains("Message-ID: <1@example.org>"));
    CHECK_THAT(plain, Catch::EndsWith("\r\n\r\nSGVsbG8uDQo=\r\n"));

    mail.subject =
        "B\xc3\xbc"
        "cherei: Nutzer melden Probleme \xe2\x80\x93 seit langem schon und immer noch weiter";
    const auto coded = compose(mail, "outcry@example.org");
    CHECK_THAT(coded, Catch::Contains("Subject: =?utf-8?B?QsO8Y2hlcmVp"));
    for (std::size_t from = 0, end; (end = coded.find("\r\n", from)) != std::string::npos; from = end + 2)
        CHECK(end - from <= 78);
}

TEST_CASE("a recipient that is no address is refused before anything is sent") {
    const Mail mail{
        .to = {"a@example.org\r\nBcc: b@example.org"}, .subject = "x", .text = "", .id = "1", .date = ""};
    CHECK_THROWS_AS(compose(mail, "outcry@example.org"), std::invalid_argument);
}
