"""Content areas of the first order: a lone chapter is none, deeper nesting is counted under its heading."""

import pytest

from campaign.rules.headings import headings


@pytest.mark.parametrize(
    ("parents", "bearing", "expected"),
    [
        # 2.1. / - as they are
        ({1: None, 2: 1, 3: None}, {2, 3}, {1: None, 2: 1, 3: None}),
        # II. / 1. / a): the chapter gives way
        ({1: None, 2: 1, 3: 2, 4: 1}, {3, 4}, {1: None, 2: None, 3: 2, 4: None}),
        # 1. / 1.1. / a): what stands deeper belongs to the heading
        ({1: None, 2: 1, 3: 2, 4: None}, {3, 4}, {1: None, 2: 1, 3: 1, 4: None}),
        # a plain list below one heading
        ({1: None}, {1}, {1: None}),
        # a chapter that bears something itself is a heading
        ({1: None, 2: 1, 3: 2}, {1, 3}, {1: None, 2: 1, 3: 1}),
        # a stray row on the chapter's head does not put everything under one heading
        ({1: None, 2: 1, 3: 2, 4: 1}, {1, 3, 4}, {1: None, 2: None, 3: 2, 4: None}),
        ({1: None, 2: 1, 3: 1, 4: 3}, {1, 2, 4}, {1: None, 2: None, 3: None, 4: 3}),
        ({}, set(), {}),
    ],
)
def test_every_area_knows_its_heading(parents, bearing, expected):
    assert headings(parents, bearing) == expected
