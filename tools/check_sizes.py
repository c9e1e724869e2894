"""Hold files and functions to their size: files under 400 lines (tests 500), functions 40."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MOST_FILE_LINES, MOST_TEST_FILE_LINES, MOST_FUNCTION_LINES = 400, 500, 40
FOLDERS = ("src", "tests", "tools", "benchmarks", "docs")


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> int:
    """Count a function's lines of code: no docstring, comments or blank lines."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    if not body:
        return 0
    rows = lines[body[0].lineno - 1 : node.end_lineno]
    return sum(1 for row in rows if row.strip() and not row.strip().startswith("#"))


def faults_of(path: Path) -> list[str]:
    """List what in one file is too long."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    is_test = "tests" in path.parts
    most = MOST_TEST_FILE_LINES if is_test else MOST_FILE_LINES
    name = path.relative_to(ROOT)
    faults = [f"{name}: {len(lines)} lines, at most {most}"] if len(lines) > most else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = code_lines(node, lines)
            if length > MOST_FUNCTION_LINES:
                faults.append(
                    f"{name}:{node.lineno} {node.name}: {length} lines of code, "
                    f"at most {MOST_FUNCTION_LINES}"
                )
    return faults


def main() -> int:
    """Print every fault; answer 1 when there is one."""
    paths = [
        path
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    faults = [fault for path in paths for fault in faults_of(path)]
    print("\n".join(faults) or f"Sizes: {len(paths)} files hold.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
