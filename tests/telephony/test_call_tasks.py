"""What a call has under way: in order, and nothing forgotten."""

import asyncio

from telephony.shell.call_tasks import CallTasks


async def test_errands_in_order_wait_for_each_other() -> None:
    tasks, done = CallTasks(), list[int]()
    go = asyncio.Event()

    async def first() -> None:
        await go.wait()
        done.append(1)

    async def second() -> None:
        done.append(2)

    tasks.in_order(first)
    tasks.in_order(second)
    await asyncio.sleep(0)
    assert done == []
    go.set()
    await tasks.done(asyncio.get_running_loop().time() + 5)
    assert done == [1, 2]


async def test_an_errand_whose_turn_never_came_was_never_begun() -> None:
    tasks, begun = CallTasks(), list[str]()

    async def never() -> None:
        await asyncio.Event().wait()

    def begin() -> asyncio.Future[None]:
        begun.append("second")
        return asyncio.get_running_loop().create_future()

    tasks.in_order(never)
    tasks.in_order(begin)
    await asyncio.sleep(0)
    tasks.cancel()
    await tasks.done(asyncio.get_running_loop().time() + 5)
    assert begun == []
