import { join } from 'node:path'
import pg from 'pg'
import { namesOf, openedBy, publicKeyOf, stateOf, type KeysLook } from './look-at-keys.ts'
import { lookInto } from './untouched-file.ts'

/**
 * The first copy of the keys where it lies in a database, with the epochs of the folder. It writes nothing.
 * Null: there is none, or only a part of one.
 */
export async function lookAtKeyDatabase(
  url: string,
  folder: string,
  rootKey: Buffer | null
): Promise<KeysLook | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'kotikaynti doctor' })
  // Whatever ends it is told by the question in hand.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const ask = async <R extends object>(text: string) => (await client.query<R>(text)).rows
    const [made] = await ask<{ made: boolean }>(`select to_regclass('keys') is not null as made`)
    const epochs = lookInto(join(folder, 'epochs.db'), namesOf)
    const epochState = lookInto(join(folder, 'epochs.db'), (one) => stateOf('epochs.db', one))
    if (!made?.made || !epochs || !epochState) return null
    const facts = await ask<{ name: string; value: string }>('select name, value from facts')
    const fact = (asked: string) => facts.find(({ name }) => name === asked)?.value ?? null
    const rows = await ask<{ id: string; wrappedBy: string }>(
      `select substr(name, 6) as id, "wrappedBy" from keys
       where starts_with(name, 'data/') and state = 'ready'`
    )
    const [signing] = await ask<{ wrapped: Buffer }>(
      `select wrapped from keys where name = 'signing'`
    )
    const state = {
      file: 'key-store.db',
      identity: fact('identity'),
      changes: Number(fact('changes') ?? 0)
    }
    return {
      states: [state, epochState],
      publicKey: rootKey === null ? null : publicKeyOf(signing?.wrapped ?? null, rootKey),
      ...openedBy(epochs, rows)
    }
  } finally {
    await client.end()
  }
}
