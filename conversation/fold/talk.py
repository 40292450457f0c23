"""What was said, event by event."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from conversation import events as e
from conversation.events.talk import TalkEvent
from conversation.fold.newest import newest
from conversation.handover import ArticleShown, QuotedTurn
from conversation.state import CLIENT_IDS_KEPT, TURNS_KEPT, State, Talk


def after_talk_event(state: State, event: TalkEvent, at: datetime) -> State:
    """The state after it. The agent's words may quote articles, which the record keeps."""
    seq = state.seq + 1
    after = replace(state, talk=_talk(state.talk, event, seq, at))
    if isinstance(event, e.AgentSaid):
        articles = _with_articles(state.record.articles, event.sources, seq)
        after = replace(after, record=replace(state.record, articles=articles))
    return after


def operator_message_id(event: e.OperatorSaid | e.NoteAdded) -> str:
    """An operator's message id beside the customer's: neither side can use up the other's."""
    return f"{event.operator_id}/{event.client_id}"


def _talk(talk: Talk, event: TalkEvent, seq: int, at: datetime) -> Talk:
    match event:
        case e.ConversationStarted():
            return replace(
                talk,
                channel=event.channel,
                language=event.language,
                device=event.device,
                pre_chat=event.pre_chat,
                started_at=at,
                last_customer_at=at,
            )
        case e.CustomerSaid():
            said = _said(talk, QuotedTurn(seq, "customer", event.text))
            return replace(_known(said, event.client_id), last_customer_at=at)
        case e.AgentSaid():
            return replace(_said(talk, QuotedTurn(seq, "agent", event.text)), last_agent_text=event.text)
        case e.OperatorSaid():
            return _known(_said(talk, QuotedTurn(seq, "operator", event.text)), operator_message_id(event))
        case e.NoteAdded():
            return _known(talk, operator_message_id(event))
        case e.Notice():
            return talk
        case _:
            assert_never(event)


def _said(talk: Talk, turn: QuotedTurn) -> Talk:
    return replace(talk, last_turns=newest(talk.last_turns, turn, TURNS_KEPT))


def _known(talk: Talk, message_id: str) -> Talk:
    return replace(talk, client_ids=newest(talk.client_ids, message_id, CLIENT_IDS_KEPT))


def _with_articles(
    shown: tuple[ArticleShown, ...], sources: tuple[e.Source, ...], seq: int
) -> tuple[ArticleShown, ...]:
    for source in sources:
        others = tuple(one for one in shown if one.article_id != source.article_id)
        shown = newest(others, ArticleShown(source.article_id, source.title, seq, source.section))
    return shown
