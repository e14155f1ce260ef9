#!/usr/bin/env python3
"""The architecture check finds what it is there to find."""
import json
import unittest
from pathlib import Path

import check

RULES = json.loads((Path(__file__).parent / "rules.json").read_text())


def broken(path, *includes):
    return list(check.check_file(path, "".join(f"#include {i}\n" for i in includes), RULES))


class CheckTest(unittest.TestCase):
    def test_an_arrow_of_the_table_is_allowed(self):
        self.assertEqual(broken("server/live/tally.cpp", '"server/storage/journal.hpp"', '"ingest/report.hpp"'), [])

    def test_an_arrow_that_turns_back_is_found(self):
        [found] = broken("server/storage/bins.cpp", '"server/live/pulse.hpp"')
        self.assertIn("server/storage may not include server/live", found)

    def test_the_box_of_a_nested_file_is_the_deepest_one(self):
        [found] = broken("server/main.cpp", '"server/app/app.hpp"')
        self.assertIn("server may not include server/app", found)

    def test_analytics_sees_nothing_but_the_standard_library(self):
        self.assertEqual(broken("analytics/board.cpp", "<vector>", '"analytics/bin.hpp"'), [])
        self.assertTrue(broken("analytics/board.cpp", "<boost/asio/awaitable.hpp>"))
        self.assertTrue(broken("analytics/board.cpp", '"server/live/clock.hpp"'))

    def test_the_database_library_stays_in_storage(self):
        self.assertEqual(broken("server/storage/database.cpp", "<pqxx/pqxx>"), [])
        self.assertTrue(broken("server/live/tally.cpp", "<pqxx/pqxx>"))

    def test_heavy_json_stays_out_of_headers(self):
        self.assertEqual(broken("server/api/json.cpp", "<nlohmann/json.hpp>"), [])
        self.assertTrue(broken("server/api/json.hpp", "<nlohmann/json.hpp>"))

    def test_every_box_named_in_an_arrow_exists_in_the_table(self):
        for box, targets in RULES["boxes"].items():
            for target in targets:
                self.assertTrue(target in RULES["boxes"] or target.endswith(".hpp"), f"{box} → {target}")

    def test_no_cycle_hides_in_the_table(self):
        boxes, done = RULES["boxes"], set()

        def walk(box, path):
            self.assertNotIn(box, path, " → ".join([*path, box]))
            if box not in done:
                for target in boxes.get(box, []):
                    walk(target, [*path, box])
            done.add(box)

        for box in boxes:
            walk(box, [])

    def test_a_query_that_reads_the_clock_is_found_and_a_comment_is_not(self):
        self.assertTrue(list(check.check_sql("sql/queries/a.sql", "select now();", RULES)))
        self.assertEqual(list(check.check_sql("sql/queries/a.sql", "-- not now()\nselect $1;", RULES)), [])


if __name__ == "__main__":
    unittest.main()
