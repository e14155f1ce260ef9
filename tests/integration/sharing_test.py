#!/usr/bin/env python3
"""What is shown elsewhere, read by real parsers: feeds by the rules of their formats, pictures, cards, CSV, sitemaps."""
import csv
import io
import json
import os
import re
import shutil
import sys
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from processes import PrivatePostgres, Program, end, free_port, wait_for_http  # noqa: E402

OUTCRY = os.environ.get("OUTCRY", str(Path(__file__).resolve().parents[2] / "build/dev/outcry"))
ATOM, SITEMAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOSTILE = '=1+1 </title><script>alert("1")</script> & Über'
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
ID = "019be6f2-77aa-7000-8000-00000000000%d"

INCIDENT = """
insert into incident (id, service_id, settings_version, began, opened, closed, revised, peak, peak_at, total, reason_until,
    reason_state, reason_observed, reason_expected, reason_low, reason_high, reason_score, reason_threshold, reason_since,
    reason_reports, reason_last_hour, ending)
select '{id}', id, 1, at, at + interval '9 minutes', at + interval '4 hours', at + interval '4 hours', 15890,
    at + interval '90 minutes', 175405, at + interval '9 minutes', 'spike', 162, 25, 13, 37, 268, 11.2, at, 200, 200, 'calm'
from service, (select date_trunc('hour', now()) - interval '{hours} hours' as at) as start where slug = '{slug}';
insert into bin (service_id, minute, reports)
select id, at, 100 from service, generate_series(date_trunc('hour', now()) - interval '{hours} hours',
    date_trunc('hour', now()) - interval '{hours} hours' + interval '30 minutes', '1 minute') as at where slug = '{slug}'
"""


class Sharing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres = PrivatePostgres(databases=["outcry"])
        cls.postgres.__enter__()
        cls.addClassCleanup(cls.postgres.__exit__)
        folder = Path(tempfile.mkdtemp(prefix="outcry-sharing-", dir="/var/tmp"))
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        port = free_port()
        cls.url = f"http://127.0.0.1:{port}"
        program = Program(OUTCRY, {"OUTCRY_DATABASE": cls.postgres.dsn("outcry"), "OUTCRY_STATE_DIR": str(folder),
                                   "OUTCRY_LISTEN": f"127.0.0.1:{port}", "OUTCRY_STARTER_CATALOGUE": "false"})
        program.run("migrate")
        program.run("service", "add", "mail", "--name", "Mail", "--category", "login=Signing in")
        program.run("service", "add", "odd", "--name", HOSTILE)
        cls.postgres.ask("outcry", "update service set created = now() - interval '3 days'")
        for number, (slug, hours) in enumerate([("mail", 40), ("odd", 30), ("mail", 20)]):
            cls.postgres.ask("outcry", INCIDENT.format(id=ID % number, slug=slug, hours=hours))
        process = program.start("serve")
        cls.addClassCleanup(end, process)
        wait_for_http(f"{cls.url}/readyz", 60)

    def ask(self, path, **headers):
        request = urllib.request.Request(self.url + path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        try:
            answer = urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, (answer.headers, answer.read())

    def get(self, path, wanted=200, **headers):
        status, answer = self.ask(path, **headers)
        self.assertEqual(status, wanted, f"{path}: {answer[1][:300]!r}")
        return answer

    def test_atom_feeds_have_what_rfc_4287_requires(self):
        for path, count in [("/feed.atom", 3), ("/s/mail/feed.atom", 2), ("/s/odd/feed.atom", 1)]:
            headers, body = self.get(path)
            self.assertEqual(headers.get_content_type(), "application/atom+xml")
            feed = ElementTree.fromstring(body)
            self.assertEqual(feed.tag, ATOM + "feed")
            for element in ("id", "title", "updated"):
                self.assertEqual(len(feed.findall(ATOM + element)), 1, element)
            self.assertTrue(feed.findtext(f"{ATOM}author/{ATOM}name"))
            own = [link.get("href") for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
            self.assertEqual(own, [self.url + path])
            entries = feed.findall(ATOM + "entry")
            self.assertEqual(len(entries), count)
            for entry in entries:
                for element in ("id", "title", "updated", "summary"):
                    self.assertEqual(len(entry.findall(ATOM + element)), 1, element)
                self.assertRegex(entry.findtext(ATOM + "updated"), RFC3339)
                self.assertRegex(entry.findtext(ATOM + "id"), r"urn:uuid:[0-9a-f-]{36}")
                self.assertIn("15,890 reports in 15 minutes", entry.findtext(ATOM + "summary"))
                page = entry.find(ATOM + "link").get("href")
                self.assertTrue(page.startswith(self.url + "/i/"))
                self.get(page.removeprefix(self.url))
            ids = [entry.findtext(ATOM + "id") for entry in entries]
            self.assertEqual(len(ids), len(set(ids)))
            self.assertEqual(feed.findtext(ATOM + "updated"), max(entry.findtext(ATOM + "updated") for entry in entries))
        self.get("/s/nobody/feed.atom", 404)

    def test_json_feeds_have_what_version_1_1_requires(self):
        for path, count in [("/feed.json", 3), ("/s/odd/feed.json", 1)]:
            headers, body = self.get(path)
            self.assertEqual(headers.get_content_type(), "application/feed+json")
            feed = json.loads(body)
            self.assertEqual(feed["version"], "https://jsonfeed.org/version/1.1")
            self.assertEqual(feed["feed_url"], self.url + path)
            self.assertTrue(feed["title"] and feed["home_page_url"].startswith(self.url))
            self.assertEqual(len(feed["items"]), count)
            for item in feed["items"]:
                self.assertTrue(item["id"] and item["content_text"])
                self.assertRegex(item["date_published"], RFC3339)
                self.assertTrue(item["url"].startswith(self.url + "/i/"))

    def test_a_hostile_name_is_text_everywhere(self):
        for path in ["/s/odd/chart.svg", "/s/odd/badge.svg", f"/i/{ID % 1}/chart.svg", "/s/odd/feed.atom"]:
            root = ElementTree.fromstring(self.get(path)[1])
            self.assertIn(HOSTILE, "".join(root.itertext()) + str(root.attrib), path)
            self.assertFalse([each for each in root.iter() if each.tag.endswith("script")], path)
        self.assertEqual(json.loads(self.get("/s/odd/badge.json")[1])["label"], HOSTILE)
        for path in ["/s/odd/share", "/embed/odd", f"/embed/i/{ID % 1}", f"/i/{ID % 1}/share"]:
            self.assertNotIn(b"<script>alert", self.get(path)[1], path)

    def test_csv_is_read_back_with_formulas_as_text(self):
        headers, body = self.get(f"/i/{ID % 1}/data.csv")
        self.assertIn("attachment", headers["content-disposition"])
        rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
        self.assertEqual({row["service"] for row in rows}, {"'" + HOSTILE})
        self.assertEqual(sum(int(row["reports"]) for row in rows), 3100)
        self.assertEqual(len(list(csv.DictReader(io.StringIO(self.get("/s/mail/data.csv?range=24h")[1].decode("utf-8-sig"))))),
                         96)

    def test_pictures_are_pictures_and_odd_wishes_are_refused_with_the_field(self):
        for path, size in [("/s/mail/chart.png", (1600, 900)), ("/s/mail/preview.png?v=x", (1200, 630)),
                           (f"/i/{ID % 0}/chart.png", (1600, 900)), (f"/i/{ID % 0}/preview.png", (1200, 630)),
                           ("/icon-192.png", (192, 192)), ("/apple-touch-icon.png", (180, 180))]:
            headers, body = self.get(path)
            self.assertEqual(headers["content-type"], "image/png")
            self.assertEqual(body[:8], b"\x89PNG\r\n\x1a\n")
            self.assertEqual((int.from_bytes(body[16:20], "big"), int.from_bytes(body[20:24], "big")), size, path)
        for path, field in [("/s/mail/chart.svg?range=99y", "?range"), ("/s/mail/chart.png?theme=pink", "?theme"),
                            ("/embed/mail?theme=pink", "?theme"), ("/s/mail/data.csv?range=-1", "?range")]:
            errors = json.loads(self.get(path, 400)[1])["errors"]
            self.assertEqual([error["pointer"] for error in errors], [field])

    def test_cards_may_be_framed_by_anyone_and_nothing_else_may(self):
        for path in ["/embed/mail", f"/embed/i/{ID % 0}"]:
            headers, body = self.get(path, Accept_Encoding="gzip")
            self.assertIn("frame-ancestors *", headers["content-security-policy"])
            self.assertNotIn("script", headers["content-security-policy"])
            style = re.search(rb'href="(/assets/[^"]+)"', self.get(path)[1]).group(1).decode()
            _, sheet = self.get(style, Accept_Encoding="gzip")
            self.assertLessEqual(len(body) + len(sheet), 6000 - 1000)  # what their headers take is left free
        for path in ["/", "/s/mail", "/s/mail/share", "/s/mail/chart.svg", "/s/mail/badge.svg", "/feed.atom", "/developers"]:
            headers, _ = self.get(path)
            self.assertIn("frame-ancestors 'none'", headers["content-security-policy"], path)
            self.assertNotIn("unsafe", headers["content-security-policy"], path)
            self.assertEqual(headers["x-content-type-options"], "nosniff", path)

    def test_oembed_answers_for_pages_of_this_site_alone(self):
        def ask(wanted=200, **query):
            return json.loads(self.get("/oembed?" + urllib.parse.urlencode(query), wanted)[1])
        answer = ask(url=f"{self.url}/s/mail")
        self.assertEqual((answer["type"], answer["version"], answer["width"], answer["height"]), ("rich", "1.0", 400, 250))
        self.assertIn(f'src="{self.url}/embed/mail"', answer["html"])
        self.get(answer["thumbnail_url"].removeprefix(self.url))
        self.assertEqual(ask(url=f"{self.url}/i/{ID % 0}", maxwidth=300, maxheight=200)["width"], 300)
        ask(404, url=f"{self.url}/s/nobody")
        ask(404, url="https://elsewhere.example/s/mail")
        ask(501, url=f"{self.url}/s/mail", format="xml")
        ask(400)
        ask(400, url=f"{self.url}/s/mail", maxwidth="wide")

    def test_the_head_of_a_page_leads_to_what_is_there(self):
        page = self.get("/s/mail")[1].decode()
        for kind in ("og:title", "og:description", "og:url", "og:image", "og:image:width", "og:image:height", "og:image:alt",
                     "og:site_name", "og:type"):
            self.assertIn(f'<meta property="{kind}"', page)
        image = re.search(r'og:image" content="([^"]+)"', page).group(1)
        for address in [image, *re.findall(r'rel="(?:alternate|canonical|manifest|apple-touch-icon)"[^>]*href="([^"]+)"', page)]:
            address = address.replace("&amp;", "&").removeprefix(self.url)
            self.get(address)

    def test_the_page_for_developers_is_read_and_left_alone_by_islands(self):
        page = self.get("/developers")[1].decode()
        self.assertIn(f"curl {self.url}/api/v1/services/", page)
        for island in ("live", "plot"):  # ids that islands look for; a heading called so would be taken for theirs
            self.assertNotIn(f'id="{island}"', page)

    def test_sitemap_robots_and_manifest(self):
        sitemap = ElementTree.fromstring(self.get("/sitemap.xml")[1])
        addresses = [loc.text for loc in sitemap.iter(SITEMAP + "loc")]
        self.assertIn(f"{self.url}/i/{ID % 2}", addresses)
        for address in addresses:
            self.get(address.removeprefix(self.url))
        self.get("/sitemap/2", 404)
        self.assertIn(f"Sitemap: {self.url}/sitemap.xml", self.get("/robots.txt")[1].decode())
        for icon in json.loads(self.get("/site.webmanifest")[1])["icons"]:
            self.get(icon["src"])

    def test_an_answer_is_kept_and_need_not_be_sent_twice(self):
        for path in ["/s/mail", "/s/mail/chart.svg", "/s/mail/chart.png", "/feed.atom", "/embed/mail"]:
            for _ in range(2):  # a minute may become complete between the two
                tag = self.get(path)[0]["etag"]
                status, _ = self.ask(path, If_None_Match=tag)
                if status == 304:
                    break
            self.assertEqual(status, 304, path)


if __name__ == "__main__":
    unittest.main()
