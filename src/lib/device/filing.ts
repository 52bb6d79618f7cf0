import type { DBCore } from 'dexie'
import type { OutboxRow } from './database.ts'

/**
 * Keeps what the outbox's indexes count in step with every row that is written, whoever writes it: how
 * much waits is asked after every commit, and must not cost more the more there is.
 */
export function filing(core: DBCore): DBCore {
  return {
    ...core,
    table(name) {
      const table = core.table(name)
      if (name !== 'outbox') return table
      return {
        ...table,
        mutate: (request) =>
          table.mutate(
            request.type === 'add' || request.type === 'put'
              ? { ...request, values: (request.values as readonly OutboxRow[]).map(filed) }
              : request
          )
      }
    }
  }
}

/** A row that is in neither index has no such key. */
export function filed(row: OutboxRow): OutboxRow {
  const { unsent: _since, untried: _when, ...rest } = row
  return {
    ...rest,
    ...(isUnsent(row) ? { unsent: row.writtenAt } : {}),
    ...(isUntried(row) ? { untried: row.restsUntil } : {})
  }
}

/** Neither handed over nor beyond help: what was damaged here goes once it is unlocked. What was only read does not count. */
const isUnsent = ({ quiet, waiting, receipt, renewed }: OutboxRow): boolean =>
  !quiet && (waiting === 1 || (receipt?.code === 'cannot-open' && !renewed))

const isUntried = ({ waiting, attempted, sealAnew }: OutboxRow): boolean =>
  waiting === 1 && !attempted && !sealAnew
