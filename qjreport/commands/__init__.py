"""The command line: click, a thin face over the library."""

import sys

import msgspec


def main() -> None:
    from qjreport import extract

    report = extract(sys.argv[2])
    sys.stdout.buffer.write(msgspec.json.Encoder(decimal_format="number").encode(report.to_dict()))
