import type { Migration } from 'kysely/migration'
import { bytes } from '#server/store/database.ts'
import { addColumns } from './add-columns.ts'

/** Who decided on what awaited a decision, and why; what was not taken stays beside, as it came. */
export const decided: Migration = {
  async up(db) {
    await addColumns(db, 'operations', { decidedBy: 'text', decidedReason: bytes })
    await addColumns(db, 'heldOperations', { settledAt: 'bigint' })
  }
}
