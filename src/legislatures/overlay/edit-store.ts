import type { Context } from '../../context.js';
import { sql } from '../../database/index.js';
import { AppError } from '../../errors.js';
import { lockSet, SET_CHANNEL } from '../set-lock.js';
import { type Edit, type EditChange, readChange } from './edit.js';

type Storing = Pick<Context, 'db' | 'clock'>;
type Transaction = Context['db'];

/** What the edits of a set come to: those that hold, in order, and the number of the last row. */
export interface Overlay {
  /** 0 where nothing was ever edited. Undoing an edit makes a new overlay, too. */
  readonly number: number;
  readonly edits: readonly Edit[];
}

export const NO_OVERLAY: Overlay = { number: 0, edits: [] };

interface EditRequest {
  readonly setId: string;
  readonly by: string;
  readonly reason: string;
}

/** Stores an edit and tells every process; answers its number. */
export async function storeEdit(
  context: Storing,
  request: EditRequest & { readonly change: EditChange },
): Promise<number> {
  return context.db
    .transaction()
    .execute((transaction) => storeRow(transaction, { ...request, undoes: null, now: context.clock.now() }));
}

/**
 * Undoes an edit by a row of its own, and tells every process; answers that row's number.
 * @throws AppError `not_found` when there is no such edit, `conflict` when it was undone before.
 */
export async function undoEdit(
  context: Storing,
  request: EditRequest & { readonly undoes: number },
): Promise<number> {
  const { setId, undoes } = request;
  return context.db.transaction().execute(async (transaction) => {
    await lockSet(transaction, setId);
    const { rows } = await sql<{ undone: boolean }>`
      select exists (select from legislature_edit u where u.set_id = e.set_id and u.undoes = e.number) as undone
      from legislature_edit e where e.set_id = ${setId} and e.number = ${undoes} and e.change is not null`.execute(
      transaction,
    );
    const [edit] = rows;
    if (edit === undefined)
      throw new AppError('not_found', { detail: `There is no edit ${undoes} of ${setId}.` });
    if (edit.undone)
      throw new AppError('conflict', { detail: `Edit ${undoes} of ${setId} was undone before.` });
    return storeRow(transaction, { ...request, change: null, now: context.clock.now() });
  });
}

interface EditRow extends EditRequest {
  readonly change: EditChange | null;
  readonly undoes: number | null;
  readonly now: Date;
}

async function storeRow(transaction: Transaction, row: EditRow): Promise<number> {
  const { setId, change, undoes, by, reason, now } = row;
  await lockSet(transaction, setId);
  const { rows } = await sql<{ number: number }>`
    insert into legislature_edit (set_id, number, change, undoes, edited_at, edited_by, reason)
    select ${setId}, coalesce(max(number), 0) + 1, ${change === null ? null : JSON.stringify(change)}::jsonb,
      ${undoes}::integer, ${now}, ${by}, ${reason}
    from legislature_edit where set_id = ${setId}
    returning number`.execute(transaction);
  await sql`select pg_notify(${SET_CHANNEL}, ${setId})`.execute(transaction);
  return rows[0]?.number ?? 0;
}

interface StoredEdit {
  readonly setId: string;
  readonly number: number;
  readonly change: unknown;
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
  readonly undone: { readonly at: string; readonly by: string; readonly reason: string } | null;
}

/** An edit as `redress legislature edits` lists it; it holds while it is not undone. */
export interface ListedEdit extends Edit {
  readonly undone: StoredEdit['undone'];
}

/** Every edit that a set ever had, in order. */
export async function listEdits({ db }: Pick<Context, 'db'>, setId: string): Promise<ListedEdit[]> {
  const { rows } = await sql<StoredEdit>`
    select e.set_id as "setId", e.number, e.change, e.edited_at as at, e.edited_by as by, e.reason,
      case when u.number is not null then
        jsonb_build_object('at', u.edited_at, 'by', u.edited_by, 'reason', u.reason) end as undone
    from legislature_edit e left join legislature_edit u on u.set_id = e.set_id and u.undoes = e.number
    where e.set_id = ${setId} and e.change is not null
    order by e.number`.execute(db);
  return rows.map(({ setId: _, change, ...edit }) => ({ ...edit, change: readChange(change) }));
}

/**
 * How to read the overlay of every set that has one: a function for each, so that one that cannot be read, with
 * AppError `invalid_file`, is a matter of its own set.
 */
export async function readOverlays({ db }: Pick<Context, 'db'>): Promise<ReadonlyMap<string, () => Overlay>> {
  const { rows } = await sql<StoredOverlay>`
    select e.set_id as "setId", max(e.number) as number, coalesce(
      jsonb_agg(jsonb_build_object('number', e.number, 'change', e.change, 'at', e.edited_at, 'by', e.edited_by,
        'reason', e.reason) order by e.number)
        filter (where e.change is not null and u.number is null), '[]') as edits
    from legislature_edit e left join legislature_edit u on u.set_id = e.set_id and u.undoes = e.number
    group by e.set_id`.execute(db);
  return new Map(rows.map((row) => [row.setId, () => overlayOf(row)]));
}

/** The overlay of one set. */
export async function readOverlay(context: Pick<Context, 'db'>, setId: string): Promise<Overlay> {
  const read = (await readOverlays(context)).get(setId);
  return read === undefined ? NO_OVERLAY : read();
}

interface StoredOverlay {
  readonly setId: string;
  readonly number: number;
  readonly edits: readonly {
    readonly number: number;
    readonly change: unknown;
    readonly at: string;
    readonly by: string;
    readonly reason: string;
  }[];
}

function overlayOf({ number, edits }: StoredOverlay): Overlay {
  return {
    number,
    edits: edits.map(({ change, at, ...edit }) => ({
      ...edit,
      at: new Date(at),
      change: readChange(change),
    })),
  };
}
