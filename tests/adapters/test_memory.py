"""What Discord told us once is kept within bounds."""

from adapters.memory import Memory


def test_what_was_not_used_for_the_longest_time_is_forgotten_first() -> None:
    memory: Memory[str, int] = Memory(2)
    memory.put("a", 1)
    memory.put("b", 2)
    assert memory.get("a") == 1
    memory.put("c", 3)
    assert [memory.get(key) for key in "abc"] == [1, None, 3]
    memory.put("a", 4)
    memory.drop("c")
    memory.drop("c")
    assert [memory.get(key) for key in "abc"] == [4, None, None]
