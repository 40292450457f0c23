"""A backup taken under load comes back whole, on either database, and the centre goes on from it."""

import asyncio
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.kit import Database
from tests.conftest import Start
from tests.support.live import ChatClient, Live
from tests.support.postgres import packaged_postgres
from tests.support.process import ROOT, settings_of
from tests.support.stores import assert_lawful, opened
from upkeep import BackupInvalid, back_up, read_backup, restore, verify

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'restored' / 'switchboard.sqlite3'}"
    return await packaged_postgres().empty_database()


async def talk(live: Live, said: dict[str, tuple[ChatClient, int]], until: asyncio.Event) -> None:
    """A customer who writes on and on; `said` is up to what number each was acknowledged."""
    async with live.chat() as customer:
        while not until.is_set():
            said[customer.conversation_id] = (customer, await customer.say("what does my excess mean?"))
            await asyncio.sleep(0.2)


async def test_what_was_acknowledged_before_a_backup_is_in_it_and_the_centre_goes_on(
    start: Start, empty_url: str, tmp_path: Path
) -> None:
    file, recordings = tmp_path / "backup.tar.gz", tmp_path / "recordings"
    (recordings / "c-1" / "call-1").mkdir(parents=True)
    (recordings / "c-1" / "call-1" / "customer.wav").write_bytes(b"sound")
    said: dict[str, tuple[ChatClient, int]] = {}
    enough = asyncio.Event()
    async with start(tmp_path / "own") as live:
        talking = [asyncio.create_task(talk(live, said, enough)) for _ in range(8)]
        async with asyncio.timeout(30):
            while len(said) < 8:  # noqa: ASYNC110 - nothing announces it
                await asyncio.sleep(0.02)
        before = {conversation_id: seq for conversation_id, (_, seq) in said.items()}
        made = await back_up(live.server.database, recordings, file, version="test", at=NOON)
        enough.set()
        await asyncio.gather(*talking)
    assert read_backup(file) == made
    assert made.recordings == 1
    assert (file.stat().st_mode & 0o777) == 0o600

    restored = Database(empty_url)
    await restore(restored, tmp_path / "restored" / "recordings", file)
    verdict = await verify(restored)
    with pytest.raises(BackupInvalid, match="already"):
        await restore(restored, recordings, file)
    await restored.close()
    assert (verdict.conversations, verdict.count) == (8, 0)
    assert (tmp_path / "restored" / "recordings" / "c-1" / "call-1" / "customer.wav").read_bytes() == b"sound"
    async with opened(empty_url) as store:
        for conversation_id, seq in before.items():
            assert (await assert_lawful(store, conversation_id)).seq >= seq
    async with start(tmp_path / "restored", database_url=empty_url) as live:
        conversation_id, (customer, seq) = next(iter(said.items()))
        async with live.chat(conversation_id=conversation_id, token=customer.token, last_seq=seq + 1_000) as back:
            assert back.welcome["events"], "a page that knows more than the restored store shows what there is"
            await back.ask("and my no claims bonus?")
        async with live.chat() as another:
            assert await another.ask("what does my excess mean?")


async def test_a_backup_that_was_changed_or_cut_off_is_refused(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    async with start() as live:
        await back_up(live.server.database, tmp_path / "none", file, version="test", at=NOON)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BackupInvalid):
        read_backup(file)
    with tarfile.open(tmp_path / "other.tar.gz", "w:gz") as other:
        other.add(__file__, "tables/people.jsonl")
    with pytest.raises(BackupInvalid, match="manifest"):
        read_backup(tmp_path / "other.tar.gz")


async def test_a_conversation_that_lost_an_event_is_found(start: Start, tmp_path: Path) -> None:
    async with start() as live, live.chat() as customer:
        await customer.ask("what does my excess mean?")
        async with live.server.database.writing() as connection:
            await connection.exec_driver_sql("DELETE FROM events WHERE seq = 2")
        verdict = await verify(live.server.database)
    assert verdict.count == 1
    assert verdict.broken == (f"{customer.conversation_id}: its events have a gap",)


def command(data: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        cwd=ROOT,
        env=settings_of(data, 0) | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_by_the_command_line(loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "switchboard.sqlite3").write_bytes(loaded.read_bytes())
    file = str(tmp_path / "kept.tar.gz")
    done = command(tmp_path / "own", "backup", file)
    assert (done.returncode, "rows" in done.stdout) == (0, True), done.stderr
    assert "is there already" in command(tmp_path / "own", "backup", file).stderr
    assert command(tmp_path / "new", "restore", file).returncode == 0
    assert "0 not lawful" in command(tmp_path / "new", "verify").stdout


def test_the_doctor_says_what_is_wrong(loaded: Path, tmp_path: Path) -> None:
    kept = tmp_path / "switchboard.sqlite3"
    kept.write_bytes(loaded.read_bytes())
    kept.chmod(0o644)
    assert "chmod 600" in command(tmp_path, "doctor").stdout
    kept.chmod(0o600)
    well = command(tmp_path, "doctor")
    assert (well.returncode, "All is well." in well.stdout) == (0, True), well.stdout
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    ill = command(tmp_path, "doctor", SWITCHBOARD_DATABASE_URL=url, SWITCHBOARD_BROKER_URL="nats://127.0.0.1:1")
    assert ill.returncode == 1
    assert "BAD  database" in ill.stdout
    assert "SWITCHBOARD_BROKER_URL" in ill.stdout
