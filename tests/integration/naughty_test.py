#!/usr/bin/env python3
"""Hostile names, labels and messages against a running instance: shown as they are and inert in every output, or refused with the reason.

Its own strings always; the 515 of the Big List of Naughty Strings too where they lie beside the repository (they are not ours to carry)."""
import csv
import http.client
import io
import json
import os
import re
import shutil
import struct
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse
import xml.etree.ElementTree as xml
import zlib
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
from processes import PrivatePostgres, Program, ask, end, free_port, wait_for_http  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
OUTCRY = os.environ.get("OUTCRY", str(ROOT / "build/dev/outcry"))
OWN = json.loads((ROOT / "tests/support/naughty.json").read_text())
BLNS = Path(os.environ.get("OUTCRY_SHARED_DIR", ROOT.parent / "shared")) / "vectors/naughty-strings/blns.json"
BIG_LIST = json.loads(BLNS.read_text()) if BLNS.exists() else []
STRINGS = list(dict.fromkeys(OWN + BIG_LIST))

BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
BLANK = "[\\x00-\\x20\\x7f\u00a0\u2028\u2029\u3000]+"
LONGEST_TOLD = 120  # characters of a message that many wrote
TELLERS = 5         # people of as many networks
VOID = {"meta", "link", "input", "br", "img", "hr"}


def kept(message):
    """What is stored of a message: without bidirectional controls, trimmed."""
    return BIDI.sub("", message).strip(" \t\r\n")


def line_of(message):
    """A message as the group of its like would show it if nothing in it were one person's own: what is not seen is left out,
    and all white space is one space."""
    return re.sub(BLANK, " ", UNSEEN.sub("", message)).strip(" ")


def is_told_as(example, message):
    """Whether a group's example is the message to the byte, but for words masked by "…" and an end that is cut off."""
    line = line_of(message)
    if len(line) > LONGEST_TOLD and example == line[:LONGEST_TOLD - 1] + "…":
        return True
    words = ("\\S+( \\S+)*?".join(re.escape(piece) for piece in word.split("…")) for word in example.split(" "))
    return re.fullmatch(" ".join(words) + (".*" if len(example) == LONGEST_TOLD else ""), line) is not None


class Picture:
    """A PNG, taken apart: its size, its pixels, and how much there is to see."""

    def __init__(self, data):
        assert data[:8] == b"\x89PNG\r\n\x1a\n", data[:8]
        at, packed, kinds = 8, b"", []
        while at < len(data):
            length, kind = struct.unpack(">I4s", data[at:at + 8])
            body = data[at + 8:at + 8 + length]
            assert zlib.crc32(kind + body) == struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0], kind
            kinds.append(kind)
            packed += body if kind == b"IDAT" else b""
            if kind == b"IHDR":
                self.width, self.height, depth, colours = struct.unpack(">IIBB", body[:10])
            at += 12 + length
        assert kinds[0] == b"IHDR" and kinds[-1] == b"IEND", kinds
        pixels = zlib.decompress(packed)
        bytes_each = {2: 3, 6: 4}[colours] * depth // 8
        assert len(pixels) == self.height * (1 + self.width * bytes_each), len(pixels)
        self.packed, self.check = len(packed), zlib.crc32(pixels)


class Page(HTMLParser):
    """The skeleton of a page (tags with the names of their attributes), the text of each element, its attributes' values."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.skeleton, self.texts, self.values, self.open = [], {}, [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.skeleton.append((tag, *sorted(name for name, _ in attributes)))
        self.values += [value for _, value in attributes if value is not None]
        if tag not in VOID:
            self.open.append((tag, len(self.texts.setdefault(tag, []))))
            self.texts[tag].append("")

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for tag, place in self.open:
            self.texts[tag][place] += data

    def handle_comment(self, data):
        self.skeleton.append(("comment",))

    def handle_decl(self, decl):
        self.skeleton.append(("declaration", decl))

    def unknown_decl(self, data):
        self.skeleton.append(("unknown declaration",))

    handle_pi = unknown_decl


class Naughty(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres = PrivatePostgres(databases=["outcry"])
        cls.postgres.__enter__()
        cls.addClassCleanup(cls.postgres.__exit__)
        cls.folder = Path(tempfile.mkdtemp(prefix="outcry-naughty-", dir="/var/tmp"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.port = free_port()
        cls.log_file = cls.folder / "log"
        cls.program = Program(OUTCRY, {"OUTCRY_DATABASE": cls.postgres.dsn("outcry"), "OUTCRY_STATE_DIR": str(cls.folder),
                                       "OUTCRY_LISTEN": f"127.0.0.1:{cls.port}", "OUTCRY_LOG_LEVEL": "debug"})
        cls.program.run("migrate")
        cls.refused = cls.import_all()
        cls.named = {f"n{i}": text for i, text in enumerate(STRINGS) if f"n{i}" not in cls.refused}
        cls.add_incidents()
        log = cls.log_file.open("wb")
        cls.addClassCleanup(log.close)
        process = cls.program.start("serve", log=log)
        cls.addClassCleanup(end, process)
        wait_for_http(f"http://127.0.0.1:{cls.port}/readyz", 60)
        cls.connection = http.client.HTTPConnection("127.0.0.1", cls.port, timeout=20)
        cls.addClassCleanup(cls.connection.close)

    @classmethod
    def import_all(cls):
        """Every string as a service's name, group, provider, alias and label at once; those that are refused, with the reason."""
        longest = 100  # bytes of a label; that longer ones are refused is tested with catalogue files, beside their code
        services = {f"n{i}": {"slug": f"n{i}", "name": text, "group": text, "provider": text, "aliases": [text],
                              "categories": [{"key": "it", "label": text}]} for i, text in enumerate(STRINGS) if len(text.encode()) <= longest}
        services["plain"] = {"slug": "plain", "name": "Plain", "group": "Plain", "provider": "Plain", "aliases": ["Plain"],
                             "categories": [{"key": "it", "label": "Plain"}]}
        services["wall"] = {"slug": "wall", "name": "Wall", "categories": [{"key": "it", "label": "It"}]}  # where messages go
        refused = {f"n{i}": "longer than" for i in range(len(STRINGS)) if f"n{i}" not in services}
        for slug in refused:
            services[slug] = cls.ordinary(slug)
        file = cls.folder / "catalogue.json"
        while True:
            file.write_text(json.dumps({"services": list(services.values())}))
            done = cls.program.run("service", "import", str(file), check=False)
            if done.returncode == 0:
                return refused
            named = re.search(r"\b(n\d+|services\[(\d+)\])", done.stderr)
            assert named, done.stderr
            slug = list(services)[int(named[2])] if named[2] else named[1]
            refused[slug] = done.stderr
            services[slug] = cls.ordinary(slug)

    @staticmethod
    def ordinary(slug):
        """A service for what people write, where the string itself is no name."""
        return {"slug": slug, "name": slug, "categories": [{"key": "it", "label": "It"}]}

    @classmethod
    def add_incidents(cls):
        """One closed incident for each, so that feeds and archives have something to name."""
        ask(cls.postgres.dsn("outcry"), """
            insert into incident (id, service_id, settings_version, began, opened, closed, revised, peak, peak_at, total, reason_until,
                reason_state, reason_observed, reason_expected, reason_low, reason_high, reason_score, reason_threshold, reason_since,
                reason_reports, reason_last_hour, ending)
            select ('0195' || lpad(to_hex(s.id), 4, '0') || '-0000-7000-8000-000000000000')::uuid, s.id, 1, t, t, t + interval '1 hour', t, 50, t, 90, t,
                'spike', 40, 1, 0, 4, 30, 11, t, 60, 60, 'calm' from service s, (select date_trunc('minute', now() - interval '3 hours') as t) as moment""")
        listed = ask(cls.postgres.dsn("outcry"), "select s.slug || ' ' || i.id from incident i join service s on s.id = i.service_id")
        cls.incidents = dict(line.split() for line in listed.splitlines())

    def get(self, path, wanted=(200,), **headers):
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        self.assertIn(answer.status, wanted, f"{path}: {answer.status} {body[:300]}")
        return body.decode("utf-8")  # strictly

    def get_bytes(self, path):
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        body = answer.read()
        self.assertEqual(answer.status, 200, path)
        return body

    def post(self, path, body, kind, person):
        self.connection.request("POST", path, body=body, headers={
            "content-type": kind, "x-forwarded-for": f"198.{18 + person // 250}.{person % 250}.7"})
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode("utf-8")

    def assert_inert(self, page, plain, path):
        """The same elements with the same attributes as the page of a service with an ordinary name: nothing became markup."""
        self.assertEqual(page.skeleton, plain.skeleton, path)

    def test_the_big_list_is_there(self):
        if not BIG_LIST:
            self.skipTest(f"left out: the Big List of Naughty Strings is not at {BLNS}; only the {len(OWN)} strings of our own were tried")
        self.assertEqual(len(BIG_LIST), 515)

    def test_a_name_is_refused_with_its_reason_only_where_it_cannot_be_shown(self):
        for slug, said in self.refused.items():
            with self.subTest(string=STRINGS[int(slug[1:])]):
                self.assertRegex(said, r"is empty|missing|longer than|tab or a line break|control character|direction|no character|nothing in it")
        self.assertGreater(len(self.named), len(STRINGS) * 0.85)

    def test_pages_show_names_and_labels_as_they_are(self):
        plain = {path: Page(self.get(path.format("plain"))) for path in ("/s/{}", "/s/{}/thanks?step=counted")}
        for slug, name in self.named.items():
            with self.subTest(name=name):
                service = Page(self.get(f"/s/{slug}"))
                self.assertEqual(service.texts["h1"], [f"Is {name} down?"])
                self.assertTrue(service.texts["title"][0].startswith(f"Is {name} down?"))
                self.assert_inert(service, plain["/s/{}"], slug)
                asked = Page(self.get(f"/s/{slug}/thanks?step=counted"))
                self.assertIn(name, asked.texts["label"], "as a category")
                self.assert_inert(asked, plain["/s/{}/thanks?step=counted"], slug)

    def test_incidents_feeds_and_cards_show_names_as_they_are(self):
        plain = {kind: Page(self.get(path)) for kind, path in self.cards("plain").items()}
        for slug, name in self.named.items():
            with self.subTest(name=name):
                for kind, path in self.cards(slug).items():
                    page = Page(self.get(path))
                    self.assertTrue(any(name in text for text in page.texts["h1"] + page.texts["title"]), path)
                    self.assert_inert(page, plain[kind], path)
                atom = xml.fromstring(self.get(f"/s/{slug}/feed.atom"))
                self.assertTrue(any(name in (text or "") for text in atom.itertext()))
                self.assertIn(name, json.dumps(json.loads(self.get(f"/s/{slug}/feed.json")), ensure_ascii=False).replace("\\\\", "\\").replace('\\"', '"'))

    def test_pictures_and_badges_show_names_as_they_are(self):
        shape = {path: self.shape(self.get(path.format("plain"))) for path in ("/s/{}/chart.svg", "/s/{}/badge.svg")}
        for slug, name in self.named.items():
            with self.subTest(name=name):
                for path, wanted in shape.items():
                    picture = self.get(path.format(slug))
                    self.assertEqual(self.shape(picture), wanted, path)
                    self.assertTrue(any(" ".join(name.split()) in " ".join((text or "").split()) for text in xml.fromstring(picture).itertext()), path)
                json.loads(self.get(f"/s/{slug}/badge.json"))
                about = json.loads(self.get(f"/oembed?format=json&url={urllib.parse.quote(f'http://127.0.0.1:{self.port}/s/{slug}', safe='')}"))
                self.assertIn(name, about["title"])
            picture = self.get(f"/i/{self.incidents[slug]}/chart.svg")
            self.assertTrue(any(" ".join(name.split()) in " ".join((text or "").split()) for text in xml.fromstring(picture).itertext()), name)

    def test_every_name_comes_out_as_pixels(self):
        """Pictures of as many pixels as an ordinary name's, not blank, and hardly two of them the same: the names are in them."""
        kinds = ("/s/{slug}/chart.png", "/s/{slug}/preview.png", "/i/{incident}/preview.png", "/i/{incident}/chart.png")
        own = threading.local()

        def look(task):
            kind, slug = task
            if not hasattr(own, "connection"):
                own.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.addCleanup(own.connection.close)
            own.connection.request("GET", kind.format(slug=slug, incident=self.incidents[slug]))
            answer = own.connection.getresponse()
            body = answer.read()
            assert answer.status == 200, (kind, self.named.get(slug), answer.status, body[:300])
            try:
                return kind, slug, Picture(body)
            except (AssertionError, zlib.error) as wrong:
                raise AssertionError(f"{kind} of {self.named.get(slug)!r}: {wrong}") from wrong

        ordinary = {kind: look((kind, "plain"))[2] for kind in kinds}
        for kind, plain in ordinary.items():
            self.assertEqual((plain.width, plain.height), (1200, 630) if "preview" in kind else (1600, 900), kind)
        with ThreadPoolExecutor(4) as pool:
            wanted = [(kind, slug) for kind in kinds for slug in self.named]
            seen = list(pool.map(look, wanted))
        self.assertEqual(len(seen), len(wanted))
        for kind, slug, picture in seen:
            with self.subTest(kind=kind, name=self.named[slug]):
                plain = ordinary[kind]
                self.assertEqual((picture.width, picture.height), (plain.width, plain.height))
                self.assertGreater(picture.packed, plain.packed / 2, "as good as blank")
        for kind in kinds:
            self.assertGreater(len({picture.check for seen_kind, _, picture in seen if seen_kind == kind}), len(self.named) * 0.9, kind)

    def test_no_cell_of_a_table_is_a_formula(self):
        for path in (f"/s/{slug}/data.csv" for slug, name in self.named.items() if name[:1] in "=+-@,\"" or "\"" in name):
            for row in csv.reader(io.StringIO(self.get(path))):
                for cell in row:
                    self.assertFalse(cell[:1] in ("=", "+", "@", "\t") or re.match(r"-\D", cell), (path, cell))

    @staticmethod
    def shape(picture):
        """Elements of a picture with the names of their attributes, without what a longer text needs: lines."""
        return {(element.tag, *sorted(element.keys())) for element in xml.fromstring(picture).iter()}

    def cards(self, slug):
        return {"incident": f"/i/{self.incidents[slug]}", "embed": f"/embed/{slug}", "share": f"/s/{slug}/share"}

    def test_lists_and_the_api_name_them_as_they_are(self):
        home, archive = Page(self.get("/")), Page(self.get("/incidents"))
        for name in self.named.values():
            self.assertIn(name, home.texts["span"])
            self.assertIn(name, home.texts["h3"], "as a group")
        self.assertTrue(set(archive.texts["a"]) & set(self.named.values()))
        listed, path = {}, "/api/v1/services?limit=100"
        while path:
            answer = json.loads(self.get(path))
            listed.update({one["slug"]: one for one in answer["data"]})
            path = f"/api/v1/services?limit=100&cursor={urllib.parse.quote(answer['next'])}" if answer.get("next") else None
        for slug, name in self.named.items():
            self.assertEqual((listed[slug]["name"], listed[slug]["category"]), (name, name))
        for slug, name in self.named.items():
            one = json.loads(self.get(f"/api/v1/services/{slug}"))
            self.assertEqual((one["name"], one["problem_categories"][0]["label"]), (name, name))

    def test_what_is_searched_for_and_what_is_not_found_is_said_as_it_was_asked(self):
        for text in STRINGS:
            with self.subTest(text=text):
                asked = urllib.parse.quote(text, safe="")
                found = Page(self.get(f"/?q={asked}", wanted=(200, 303)))
                self.assertLessEqual(sum(tag[0] == "script" for tag in found.skeleton), 1)
                self.assertFalse([tag for tag in found.skeleton if any(name.startswith("on") for name in tag[1:])])
        for text in OWN + BIG_LIST[::10]:
            with self.subTest(lost=text):
                lost = Page(self.get(f"/s/{urllib.parse.quote(text, safe='')}", wanted=(404, 400, 200)))
                self.assertEqual(sum(tag[0] == "script" for tag in lost.skeleton), 1)
                self.assertFalse([tag for tag in lost.skeleton if any(name.startswith("on") for name in tag[1:])])

    def test_messages_are_kept_to_the_byte_or_sent_back_with_the_reason(self):
        wanted = []
        for i, text in enumerate(STRINGS):
            with self.subTest(message=text):
                status, answer = self.post("/api/v1/services/wall/reports", json.dumps({"message": text}), "application/json", i)
                if status == 202:
                    wanted.append(kept(text))
                else:
                    problem = json.loads(answer)
                    self.assertEqual((status, problem["errors"][0]["pointer"]), (422, "/message"))
                    self.assertRegex(problem["errors"][0]["detail"], "control characters|at most 500")
                    form, page = self.post("/s/wall/report?step=detail", urllib.parse.urlencode({"message": text}),
                                           "application/x-www-form-urlencoded", i)
                    self.assertEqual(form, 422)
                    page = Page(page)
                    self.assertEqual(page.texts["textarea"][0].replace("\r\n", "\n"), text.replace("\r\n", "\n"), "nobody types it twice")
                    self.assertRegex(page.texts["p"][-1], ".")
        self.assertGreater(len(wanted), len(STRINGS) * 0.9)
        stored = self.stored_messages(len([text for text in wanted if text]))
        self.assertEqual(sorted(stored), sorted(text for text in wanted if text))

    def stored_messages(self, count):
        """Reports are counted a quarter of a second after they are acknowledged."""
        for _ in range(100):
            lines = ask(self.postgres.dsn("outcry"), "select encode(convert_to(message, 'UTF8'), 'hex') from report join service s on s.id = service_id where message <> '' and slug = 'wall'").split()
            if len(lines) >= count:
                break
            time.sleep(0.1)
        return [bytes.fromhex(line).decode() for line in lines]

    def test_what_many_write_is_told_to_the_byte_or_left_out_by_rule(self):
        """Each string, written by five people of as many networks at a service of its own."""
        written = {}
        for i, text in enumerate([*STRINGS, "ordinary words"]):
            slug = f"n{i}" if i < len(STRINGS) else "plain"
            said = [self.post(f"/api/v1/services/{slug}/reports", json.dumps({"message": text}), "application/json", 1000 + TELLERS * i + k)[0]
                    for k in range(TELLERS)]
            self.assertIn(said, ([202] * TELLERS, [422] * TELLERS), text)
            if said[0] == 202:
                written[slug] = text
        for _ in range(100):  # reports are counted a quarter of a second after they are acknowledged
            if json.loads(self.get("/api/v1/services/plain/messages"))["data"]:
                break
            time.sleep(0.1)
        plain, told = Page(self.get("/s/plain")), {}
        self.assertEqual(plain.texts["q"], ["ordinary words"])
        for slug, text in written.items():
            with self.subTest(message=text):
                groups = json.loads(self.get(f"/api/v1/services/{slug}/messages"))["data"]
                page = Page(self.get(f"/s/{slug}"))
                self.assertEqual(page.texts.get("q", []), [group["example"] for group in groups])
                if groups:
                    told[slug] = groups[0]["example"]
                    self.assertEqual([group["count"] for group in groups], [TELLERS])
                    self.assertTrue(is_told_as(told[slug], text), (told[slug], text))
                    self.assertFalse(UNSEEN.search(told[slug]))
                    self.assert_inert(page, plain, slug)
                else:  # nothing in it that could be compared, or nothing but what is one person's own
                    words = [word for word in line_of(text).split(" ") if re.search("[0-9A-Za-z\x80-\U0010ffff]", word)]
                    self.assertTrue(all(re.search(r"[\d.@:/%\\]", word) for word in words), text)
        exact = [slug for slug, example in told.items() if example == line_of(written[slug])]
        self.assertGreater(len(told), len(STRINGS) * 0.75)
        self.assertGreater(len(exact), len(told) * 0.75)

    def test_these_rules_can_be_broken(self):
        self.assertTrue(is_told_as("see … for it", "see https://example.invalid/ for  it"))
        self.assertFalse(is_told_as("see … for it", "see this &lt;b> for that"))
        self.assertFalse(is_told_as("a & b", "a &amp; b"))
        self.assertEqual(line_of("\u202eround\u202c  \u200bit"), "round it")
        with self.assertRaises((AssertionError, zlib.error)):
            Picture(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 0, b"IEND") + struct.pack(">I", zlib.crc32(b"IEND")))

    def test_z_the_log_is_one_json_object_a_line_whatever_came(self):
        lines = self.log_file.read_bytes().splitlines()
        self.assertTrue(lines)
        for line in lines:
            entry = json.loads(line.decode("utf-8"))
            self.assertIn("message", entry)
            self.assertNotIn(entry["level"], ("warning", "error", "critical"), entry)


if __name__ == "__main__":
    unittest.main(verbosity=1)
