"""Validates the reports in a folder against their schemas: validate_reports.py FOLDER JUNIT_XSD."""

import json
import pathlib
import sys

import jsonschema
from lxml import etree

folder, junit = pathlib.Path(sys.argv[1]), sys.argv[2]
schemas = pathlib.Path(__file__).parent / "schemas"


def schema(path):
    loaded = json.loads(path.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(loaded)
    kind.check_schema(loaded)
    return kind(loaded)


output = schema(folder / "output.schema.json")
gitlab = schema(schemas / "gitlab-code-quality.schema.json")
xsd = {
    ".junit": etree.XMLSchema(etree.parse(junit)),
    ".checkstyle": etree.XMLSchema(etree.parse(schemas / "checkstyle.xsd")),
}
mistakes = []
findings = {}

for report in sorted(folder.iterdir()):
    text = report.read_bytes()
    run = report.stem
    if report.suffix == ".json" and report.name != "output.schema.json":
        found = json.loads(text)
        output.validate(found)
        findings[run] = len(found)
    elif report.suffix == ".jsonl":
        output.validate([json.loads(line) for line in text.decode().splitlines()])
    elif report.suffix == ".gitlab":
        entries = json.loads(text)
        gitlab.validate(entries)
        if len({entry["fingerprint"] for entry in entries}) != len(entries):
            mistakes.append(f"{report.name}: two entries have one fingerprint")
    elif report.suffix in xsd:
        tree = etree.fromstring(text)
        xsd[report.suffix].assertValid(tree)
        if report.suffix == ".junit":
            names = [case.get("classname") + " " + case.get("name") for case in tree.iter("testcase")]
            if len(set(names)) != len(names):
                mistakes.append(f"{report.name}: two tests have one name")
    else:
        continue
    print(f"{report.name}: ok")

if not all(findings.values()) or len(findings) < 3:
    mistakes.append(f"a run found nothing, so it proves nothing: {findings}")
for mistake in mistakes:
    print(mistake)
sys.exit(1 if mistakes else 0)
