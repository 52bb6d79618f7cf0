import type { Migration } from 'kysely/migration'
import { bytes } from '#server/store/database.ts'

/** GDPR Art. 15 and 20: what is given to the client, and what was decided of each passage before it. */
export const answers: Migration = {
  async up(db) {
    await db.schema
      .createTable('passageReviews')
      .ifNotExists()
      .addColumn('customership', 'text', (column) =>
        column.notNull().references('customerships.id')
      )
      .addColumn('request', 'text', (column) => column.notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('passageReviewsKey', ['customership', 'request'])
      .execute()
    await db.schema
      .createTable('answers')
      .ifNotExists()
      .addColumn('customership', 'text', (column) =>
        column.notNull().references('customerships.id')
      )
      .addColumn('request', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('for', 'text', (column) => column.notNull())
      .addColumn('number', 'text', (column) => column.notNull())
      .addColumn('language', 'text', (column) => column.notNull())
      .addColumn('madeAt', 'bigint', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('paperBytes', 'integer')
      .addColumn('paperSha256', 'text')
      .addColumn('archiveBytes', 'integer', (column) => column.notNull())
      .addColumn('archiveSha256', 'text', (column) => column.notNull())
      .addColumn('passphrase', bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('answersKey', ['customership', 'request'])
      .execute()
    await db.schema
      .createTable('answerPieces')
      .ifNotExists()
      .addColumn('customership', 'text', (column) =>
        column.notNull().references('customerships.id')
      )
      .addColumn('request', 'text', (column) => column.notNull())
      .addColumn('number', 'text', (column) => column.notNull())
      .addColumn('part', 'text', (column) => column.notNull())
      .addColumn('piece', 'integer', (column) => column.notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('answerPiecesKey', ['customership', 'number', 'part', 'piece'])
      .execute()
  }
}
