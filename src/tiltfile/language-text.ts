// The names that belong to the language of a Tiltfile, Starlark, and not to Tilt: for `tilt help tiltfile NAME`. The lines
// have the form of those in reference-text.ts; a test compares the names with the language's own.

export const languageTopic = 'The language';

export const languageLines = `
None: None | No value.
True: bool | The truth value of what holds.
False: bool | The truth value of what does not hold.
load(module: str, *names: str, **renamed: str) -> None | A statement: takes names from another file or extension, name="x" under another name.
abs(x: int | float, /) -> int | float | The number without its sign.
all(x: Iterable, /) -> bool | Whether every item is true.
any(x: Iterable, /) -> bool | Whether at least one item is true.
bool(x: Any = False, /) -> bool | Whether a value is true: neither empty, zero, None nor False.
bytes(x: str | bytes | Iterable[int], /) -> bytes | Bytes of a text, or of numbers.
chr(i: int, /) -> str | The character with that code point.
dict(pairs: dict | Iterable = [], /, **kwargs: Any) -> dict | A dict of pairs and of named values.
dir(x: Any, /) -> list[str] | Names of a value's fields and methods, sorted.
enumerate(x: Iterable, start: int = 0, /) -> list[tuple[int, Any]] | The items with their numbers.
fail(*args: Any, sep: str = " ") -> None | Ends the program with an error.
float(x: int | float | str | bool = 0.0, /) -> float | The number that a value or text says.
getattr(x: Any, name: str, default: Any = ..., /) -> Any | The field or method of that name, or the default; without a default it must exist.
hasattr(x: Any, name: str, /) -> bool | Whether a value has a field or method of that name.
hash(x: str | bytes, /) -> int | A number that is the same for the same text.
int(x: int | float | str | bool = 0, base: int = 10) -> int | The whole number that a value or text says.
len(x: Any, /) -> int | How many items or bytes there are.
list(x: Iterable = [], /) -> list | A new list of the items.
max(*args: Any, key: Callable = None) -> Any | The largest of the values, or of the items of one.
min(*args: Any, key: Callable = None) -> Any | The smallest of the values, or of the items of one.
ord(s: str, /) -> int | The code point of a character.
print(*args: Any, sep: str = " ") -> None | Logs the values in one line.
range(start: int = 0, stop: int, step: int = 1, /) -> range | Whole numbers from start up to stop, without stop; one argument is stop.
repr(x: Any, /) -> str | The value as a program would write it.
reversed(x: Iterable, /) -> list | The items, last first.
set(x: Iterable = [], /) -> set | A set of the items.
sorted(x: Iterable, /, *, key: Callable = None, reverse: bool = False) -> list | The items in order.
str(x: Any, /) -> str | The value as text.
tuple(x: Iterable = (), /) -> tuple | The items as a tuple.
type(x: Any, /) -> str | The name of the value's type.
zip(*args: Iterable) -> list[tuple] | Tuples of the first items, the second items and so on.`;
