"""``make prove``: everything long, with its seed, into ``build/prove/*.json``; exits 1 when a promise did not hold."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.prove import kills, papers, two_kiosks

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Run the proofs one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--visits", type=int, default=200, help="numbers shown before the killing stops")
    parser.add_argument("--only", choices=("kills", "two_kiosks", "papers", "machines"))
    args = parser.parse_args()
    target = ROOT / "build" / "prove"
    target.mkdir(parents=True, exist_ok=True)

    def prove_kills(folder: Path) -> dict[str, object]:
        return kills.as_json(kills.prove_kills(folder, args.visits, args.seed))

    def prove_two_kiosks(folder: Path) -> dict[str, object]:
        return two_kiosks.as_json(two_kiosks.prove_two_kiosks(folder, visits=25))

    def prove_papers(folder: Path) -> dict[str, object]:
        return papers.as_json(papers.prove_papers(folder))

    def prove_machines(folder: Path) -> dict[str, object]:
        return machines(args.seed)

    proofs: dict[str, Callable[[Path], dict[str, object]]] = {
        "papers": prove_papers,
        "two_kiosks": prove_two_kiosks,
        "machines": prove_machines,
        "kills": prove_kills,
    }
    held = True
    for name, prove in proofs.items():
        if args.only not in (None, name):
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix=f"prove-{name}-") as folder:
            facts = {**prove(Path(folder)), "wall_seconds": round(time.monotonic() - began, 1), "seed": args.seed}
        (target / f"{name}.json").write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        held = held and bool(facts["holds"])
        sys.stdout.write(f"{name}: {'holds' if facts['holds'] else 'DOES NOT HOLD'}  ({facts['wall_seconds']} s)\n")
        sys.stdout.flush()
    return 0 if held else 1


def machines(seed: int) -> dict[str, object]:
    """The state machines of ``tests/machines`` with many more examples."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/machines", "-q", "-n", "2", f"--hypothesis-seed={seed}"],
        cwd=ROOT,
        env={**os.environ, "MOTCUA_PROVE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return {"holds": done.returncode == 0, "pytest": done.stdout.strip().splitlines()[-1:], "exit": done.returncode}


if __name__ == "__main__":
    sys.exit(main())
