// How the tables of fields are written (schema-*.ts).

/**
 * Type names to fields. A field is one of `string bool int32 int64 Time MicroTime Duration object` or the name of another
 * type of the tables, with `[]` (list) or `map[string]` before it, and `!` behind it when it must be given,
 * `~` when it may be left out and is written all the same.
 */
export type TypeTable = Readonly<Record<string, Readonly<Record<string, string>>>>;
