"""What is written as JSON is what the published schemas say."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
from _comparisons import alignment, comparison

import aligner
from aligner.formats import render as render_alignment
from aligner.report import render

jsonschema = pytest.importorskip("jsonschema")
SCHEMAS = Path(__file__).parent.parent / "schema"


def only(*required: str, **properties: object) -> dict[str, object]:
    """Return the schema of an object with these properties and no others, some of them required."""
    return {
        "type": "object",
        "properties": properties,
        "required": [*required],
        "additionalProperties": False,
    }


def listed(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


TEXT = {"type": "string", "minLength": 1}
COUNT, INDEX = {"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 0}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = only("text", text=TEXT)
LOCATION = only(
    id=INDEX,
    message=MESSAGE,
    logicalLocations=listed(only("name", name=TEXT)),
    physicalLocation=only(
        "artifactLocation",
        artifactLocation=only("uri", uri={"type": "string", "format": "uri-reference"}),
        region=only(
            "startLine",
            startLine=COUNT,
            startColumn=COUNT,
            endLine=COUNT,
            endColumn=COUNT,
            charOffset=INDEX,
            charLength=INDEX,
        ),
    ),
)
# What SARIF 2.1.0 lets stand in the objects that are written, and what code hosts require of them.
SARIF = only(
    "version",
    "runs",
    **{"$schema": TEXT},
    version={"const": "2.1.0"},
    runs=listed(
        only(
            "tool",
            "results",
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            properties={"type": "object"},
            tool=only(
                "driver",
                driver=only(
                    "name",
                    name=TEXT,
                    version=TEXT,
                    rules=listed(
                        only(
                            "id",
                            "help",
                            "shortDescription",
                            "fullDescription",
                            id=TEXT,
                            name=TEXT,
                            shortDescription=MESSAGE,
                            fullDescription=MESSAGE,
                            help=MESSAGE,
                            defaultConfiguration=only(level=LEVEL),
                        )
                    ),
                ),
            ),
            results=listed(
                only(
                    "ruleId",
                    "message",
                    "locations",
                    "partialFingerprints",
                    ruleId=TEXT,
                    ruleIndex=INDEX,
                    level=LEVEL,
                    rank={"type": "number", "minimum": 0, "maximum": 100},
                    message=MESSAGE,
                    locations={**listed(LOCATION), "minItems": 1},
                    relatedLocations=listed(LOCATION),
                    partialFingerprints={"type": "object", "additionalProperties": TEXT},
                    properties={"type": "object"},
                )
            ),
        )
    ),
)


def schema(name: str) -> object:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def test_a_comparison_keeps_to_its_schema() -> None:
    jsonschema.validate(json.loads(render(comparison(), "json")), schema("comparison"))


def test_an_alignment_keeps_to_its_schema() -> None:
    jsonschema.validate(json.loads(render_alignment(alignment(), "json")), schema("alignment"))


def test_a_checked_row_keeps_to_its_schema() -> None:
    found = [divergence.to_dict() for divergence in comparison().divergences]
    jsonschema.validate({"id": "7", "divergences": found}, schema("check"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"id": "7", "divergences": [{**found[0], "odd": 3}]}, schema("check"))


def test_sarif_is_what_the_standard_and_code_hosts_ask_for() -> None:
    made = json.loads(render(comparison(), "sarif"))
    jsonschema.validate(made, SARIF)
    run = made["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert rules[0]["help"]["text"] == (
        "A passage has no counterpart in another version. "
        "--ignore D101 leaves such findings out, a baseline those accepted."
    )


def test_sarif_counts_the_lines_and_letters_of_the_file(tmp_path: Path) -> None:
    texts = {
        "en": "# The bridge \N{BRIDGE AT NIGHT}\r\n\r\nThe bridge was opened in 1912.\r\n",
        "de": "# Die Brücke \N{BRIDGE AT NIGHT}\r\n\r\nDie Brücke wurde 1921 eröffnet.\r\n",
    }
    paths = {language: tmp_path / f"a b#{language}.md" for language in texts}
    for language, text in texts.items():
        paths[language].write_bytes(b"\xef\xbb\xbf" + text.encode())
    made = json.loads(aligner.compare(paths).report().sarif())
    jsonschema.validate(made, SARIF)
    (found,) = made["runs"][0]["results"]
    for place in (*found["locations"], *found["relatedLocations"]):
        physical = place["physicalLocation"]
        path = Path(unquote(urlparse(physical["artifactLocation"]["uri"]).path))
        region, text = physical["region"], path.read_bytes().decode("utf-8-sig")
        line = text.split("\r\n")[region["startLine"] - 1]
        number = line[region["startColumn"] - 1 : region["endColumn"] - 1]
        start = region["charOffset"]
        assert number in ("1912", "1921")
        assert text[start : start + region["charLength"]] == number
