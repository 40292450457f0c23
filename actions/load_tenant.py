"""Put a tenant's folder into the database: all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from actions.answering.procedure_sources import Content, content_of
from agent import parse_pack, procedures_in, read_pack, with_procedures
from crm_adapter import load_crm
from intents import load_library
from knowledge import article_to_data, load_articles
from quick_yaml import load_yaml
from storage.kit import ARTICLE, PACK, TENANT, Database, Documents
from storage.learning import Differs, Kept, LibraryStore, ProcedureStore, Version, VersionMoved, VersionStore
from storage.people import EmailTaken, People, Person, Presence, Role
from tenant import PersonSeed, load_tenant, tenant_from_data


@dataclass(frozen=True)
class Loaded:
    """What was read from the folder."""

    intents: int
    articles: int
    customers: int
    people: int


async def load(
    database: Database, people: People, folder: Path, password_hash: str, now: datetime, day: date | None = None
) -> Loaded:
    """Read a tenant's folder (docs/howto/load-your-own-tenant.md says what is in it), then replace what there is.

    `day`: the one a demonstration's records are moved to; None leaves them as written.
    People already known by e-mail keep their password. Raises TenantInvalid, LibraryInvalid, ArticleInvalid,
    PackInvalid or CrmFileInvalid before anything is changed.
    """
    profile = load_tenant(folder / "tenant.yaml")
    library = load_library(folder / "intents.yaml")
    content = load_yaml((folder / "intents.yaml").read_text(encoding="utf-8"))
    articles = load_articles(folder / "knowledge")
    pack = read_pack(folder)
    parse_pack(
        pack,
        queues=(queue.id for queue in tenant_from_data(profile).queues),
        articles=(one.id for one in articles),
        intents=(one.id for one in library.intents),
    )
    customers = await load_crm(folder / "crm", database.engine, day)
    documents = Documents(database)
    await documents.replace(ARTICLE, {one.id: article_to_data(one) for one in articles}, now)
    await documents.replace(PACK, with_procedures(pack, {}), now)
    await _keep(LibraryStore(database), lambda newest: newest.content == content, content, now)
    procedures = Content(procedures_in(pack))
    await _keep(ProcedureStore(database), lambda newest: content_of(newest) == procedures, procedures.as_data(), now)
    await documents.replace(TENANT, {"tenant.yaml": profile}, now)
    seeds = tenant_from_data(profile).people
    added = 0
    for seed in seeds:
        try:
            await people.add(person_of(seed, password_hash, now))
        except EmailTaken:
            continue
        added += 1
    return Loaded(len(library.live()), len(articles), customers, added)


async def _keep(
    store: VersionStore[Kept, Differs],
    is_same: Callable[[Version[Kept, Differs]], bool],
    content: Kept,
    now: datetime,
) -> None:
    """The folder's content as the newest version, unless it is that already."""
    while True:
        newest = await store.newest()
        if newest is not None and is_same(newest):
            return
        number = newest.version + 1 if newest else 1
        try:
            await store.append(Version(number, content, "loaded", "set-up", "", [], now))
        except VersionMoved:
            continue
        return


def person_of(seed: PersonSeed, password_hash: str, now: datetime) -> Person:
    """A new person, offline."""
    return Person(
        id=seed.id,
        name=seed.name,
        email=seed.email,
        password_hash=password_hash,
        role=Role(seed.role),
        skills=dict(seed.skills),
        queues=seed.queues,
        languages=seed.languages,
        capacity=seed.capacity,
        presence=Presence.OFFLINE,
        presence_set_by="system",
        presence_at=now,
        idle_since=now,
        is_connected=False,
    )
