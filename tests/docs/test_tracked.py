"""What is in git: nothing of the machine it was made on, no address that nobody expects."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, read

#: Where our files may point to; above all no registry: where packages come from is the reader's own business.
HOSTS = {"127.0.0.1", "api.telegram.org", "bot-api.zaloplatforms.com", "t.me", "www.w3.org"}
RESERVED = (".example", "example.org", "example.com")
ADDRESS = re.compile(r"https?://([\w-]+(?:\\?\.[\w-]+)+)")  # in a pattern its dots are escaped


def tracked() -> dict[str, str]:
    """The text files of the project by name, those not yet added too."""
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    found = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True)
    if found.returncode:
        pytest.skip("not a clone")
    contents = {name: ROOT / name for name in found.stdout.split("\0") if name and (ROOT / name).is_file()}
    return {name: read(path) for name, path in contents.items() if b"\0" not in path.read_bytes()}


def test_no_file_tells_of_the_machine_it_was_made_on() -> None:
    ours = [path for path in (ROOT, Path.home()) if path != Path("/")]
    told = re.compile("|".join(rf"(?<![\w.}}]){re.escape(str(path))}(?=/|$)" for path in ours), re.MULTILINE)
    assert [name for name, text in tracked().items() if told.search(text)] == []


def test_no_file_points_to_a_host_that_is_not_ours_to_name() -> None:
    hosts = {host.replace("\\", "") for text in tracked().values() for host in ADDRESS.findall(text)}
    assert sorted(host for host in hosts if host not in HOSTS and not host.endswith(RESERVED)) == []


@pytest.mark.parametrize("name", ["user.txt", "dev.txt"])
def test_every_package_is_pinned_with_hashes_and_has_no_address(name: str) -> None:
    text = read(ROOT / "requirements" / name)
    packages = [one for one in re.split(r"\n(?=\S)", text) if re.match(r"[\w.-]+==", one)]
    lines = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(packages) == len(lines)
    assert [one.split()[0] for one in packages if "--hash=sha256:" not in one] == []
    assert "://" not in text
    assert not re.search(r"^--?(?:index|extra-index|find-links|i\b)", text, re.MULTILINE)
