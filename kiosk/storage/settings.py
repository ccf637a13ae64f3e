"""Small facts that outlive a run, by key: the catalogue with its ETag, the clock's last known time, what was heard."""

import json
from typing import Any

from kiosk.storage.database import Database


class Settings:
    """Texts and JSON values by key."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, key: str) -> str | None:
        """The text kept under ``key``."""
        row = self._db.one("SELECT value FROM settings WHERE key = ?", (key,))
        return None if row is None else str(row["value"])

    def set(self, key: str, value: str) -> None:
        """Keep ``value`` under ``key``."""
        self.set_all({key: value})

    def set_all(self, values: dict[str, str]) -> None:
        """Keep several values, all or none."""
        with self._db.write() as tx:
            tx.executemany(
                "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                tuple(values.items()),
            )

    def forget(self, key: str) -> None:
        """Keep nothing under ``key``."""
        with self._db.write() as tx:
            tx.execute("DELETE FROM settings WHERE key = ?", (key,))

    def get_json(self, key: str) -> Any:
        """The value kept under ``key`` by `set_json`; None when there is none or it cannot be read."""
        text = self.get(key)
        if text is None:
            return None
        try:
            return json.loads(text)
        except ValueError:
            return None

    def set_json(self, key: str, value: Any) -> None:
        """Keep a JSON-ready value under ``key``."""
        self.set(key, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
