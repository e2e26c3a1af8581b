"""Prints the longest files, functions, templates and tests: places to look, not limits."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def files(*patterns: str) -> list[Path]:
    """The files git knows of these kinds."""
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if "/migrations/" not in name]


def functions(path: Path) -> list[tuple[int, str]]:
    """Every function with how many lines it has."""
    tree = ast.parse(path.read_text())
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]


def show(title: str, rows: list[tuple[int, str]], limit: int) -> None:
    """The ten longest, and how many lie above what we aim at."""
    above = sum(length > limit for length, _ in rows)
    print(f"\n{title}: {len(rows)} in all, {above} above {limit} lines")
    for length, name in sorted(rows, reverse=True)[:10]:
        print(f"  {length:5}  {name}")


def main() -> None:
    """Print the four lists."""
    source, tests = files("src/*.py"), files("tests/*.py")
    show("Files", [(len(p.read_text().splitlines()), str(p.relative_to(ROOT))) for p in source], 400)
    show("Functions", [row for p in source for row in functions(p)], 40)
    templates = files("src/*.html", "src/*.typ")
    show("Templates", [(len(p.read_text().splitlines()), str(p.relative_to(ROOT))) for p in templates], 150)
    show("Tests", [row for p in tests for row in functions(p) if " test_" in row[1]], 30)


if __name__ == "__main__":
    main()
