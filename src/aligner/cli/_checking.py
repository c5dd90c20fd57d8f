"""What ``check`` and ``compare`` share: which checks run, and when the exit code says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._types import SEVERITIES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from aligner._types import Divergence, Severity
    from aligner.checks import CheckOptions
    from aligner.cli._settings import CheckSettings

NEVER = "never"


def add_checks(parser: argparse.ArgumentParser) -> None:
    """Add ``--select``, ``--ignore``, ``--min-confidence``, ``--glossary`` and ``--fail-on``."""
    group = parser.add_argument_group("checks")
    group.add_argument("--select", metavar="CODES", help="only these, such as D2,D101")
    group.add_argument("--ignore", metavar="CODES", help="not these, such as D6,D401")
    group.add_argument(
        "--min-confidence", type=float, metavar="P", help="report from here on (default: 0.5)"
    )
    group.add_argument(
        "--glossary", metavar="FILE", help="what terms are to be called: CSV, TSV or TBX"
    )
    group.add_argument(
        "--fail-on",
        choices=(*SEVERITIES[1:], NEVER),
        default=NEVER,
        metavar="SEVERITY",
        help="exit 1 if there is a finding as grave: minor, major, critical (default: never)",
    )


def add_baseline(parser: argparse.ArgumentParser) -> None:
    """Add ``--baseline`` and ``--write-baseline``."""
    group = parser.add_argument_group("baseline")
    group.add_argument("--baseline", metavar="FILE", help="do not report what is accepted there")
    group.add_argument("--write-baseline", metavar="FILE", help="accept all that is found now")


class Acceptance:
    """The findings accepted before, and those that are to be accepted now."""

    def __init__(self, args: argparse.Namespace) -> None:
        from aligner.checks import Baseline, read_baseline

        self.before = read_baseline(args.baseline) if args.baseline else Baseline()
        self.target: str | None = args.write_baseline
        self.now: list[str] = []

    def new(self, found: Iterable[Divergence], texts: Mapping[str, str]) -> list[Divergence]:
        """Return the findings that were not accepted before; their spans point into *texts*."""
        from aligner.checks import fingerprint

        found = list(found)
        if self.target:
            self.now += [fingerprint(one, texts) for one in found]
        return [one for one in found if not self.before.accepts(one, texts)]

    def close(self) -> None:
        """Write the file of what is accepted, if one was asked for; it keeps accepted texts."""
        from aligner.checks import write_baseline

        if self.target:
            write_baseline(self.target, self.now, self.before.spans)


def check_options(args: argparse.Namespace, settings: CheckSettings) -> CheckOptions:
    """Return the options of the checks: those of the command line, else those of the settings.

    Raises:
        ValueError: for a code that is the beginning of none, or if no check is left.
    """
    from aligner.checks import CheckOptions, read_glossary
    from aligner.checks._registry import chosen

    select, ignore = _codes(args.select) or settings.select, _codes(args.ignore) or settings.ignore
    if not chosen(select, ignore):
        named = f"{','.join(select) or 'all'} without {','.join(ignore)}"
        raise ValueError(f"no check is left of those that are to run: {named}")
    glossary = args.glossary or settings.glossary
    confidence = args.min_confidence
    return CheckOptions(
        select=select,
        ignore=ignore,
        min_confidence=settings.min_confidence if confidence is None else confidence,
        severities=settings.severities,
        glossary=read_glossary(glossary) if glossary else None,
    )


def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(code.strip() for code in (text or "").split(",") if code.strip())


def is_grave(found: Iterable[Divergence], threshold: str) -> bool:
    """Whether a finding is as grave as *threshold* or graver."""
    if threshold == NEVER:
        return False
    least = SEVERITIES.index(_severity(threshold))
    return any(SEVERITIES.index(divergence.severity) >= least for divergence in found)


def _severity(name: str) -> Severity:
    return next(severity for severity in SEVERITIES if severity == name)
