import type { Month } from '#contract/month.ts'
import type { Tally } from '#contract/tally.ts'
import type { Database } from './database.ts'
import type { RegisterTables, TallyTable } from './tables.ts'

/** All organisers, or all products: no setting has an empty name. */
const all = ''

const counted = [
  'customers',
  'completed',
  'cancelledInTime',
  'cancelledLate',
  'notAtHome',
  'cancelledByProvider',
  'plannedMinutes',
  'actualMinutes',
  'billableMinutes'
] as const satisfies readonly (keyof TallyTable)[]

/** What deleted customerships were in the statistics: sums by month, organiser and product, and nobody's name or id. */
export class Tallies {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  async add(tallies: readonly Tally[]): Promise<void> {
    await this.#database.transact(async () => {
      for (const tally of tallies)
        await this.#database.sql
          .insertInto('tallies')
          .values(tallyToRow(tally))
          .onConflict((conflict) =>
            conflict
              .columns(['month', 'organiser', 'product'])
              .doUpdateSet((row) =>
                Object.fromEntries(
                  counted.map((count) => [
                    count,
                    row(`tallies.${count}`, '+', row.ref(`excluded.${count}`))
                  ])
                )
              )
          )
          .execute()
    })
  }

  /** Both months belong to it. */
  async between(from: Month, until: Month): Promise<Tally[]> {
    const rows = await this.#database.sql
      .selectFrom('tallies')
      .selectAll()
      .where('month', '>=', from)
      .where('month', '<=', until)
      .execute()
    return rows.map(rowToTally)
  }
}

const tallyToRow = ({ month, organiser, product, outcomes, ...counts }: Tally): TallyTable => ({
  month,
  organiser: organiser ?? all,
  product: product ?? all,
  customers: counts.customers,
  completed: outcomes.completed,
  cancelledInTime: outcomes['cancelled-in-time'],
  cancelledLate: outcomes['cancelled-late'],
  notAtHome: outcomes['not-at-home'],
  cancelledByProvider: outcomes['cancelled-by-provider'],
  plannedMinutes: counts.plannedMinutes,
  actualMinutes: counts.actualMinutes,
  billableMinutes: counts.billableMinutes
})

const rowToTally = (row: TallyTable): Tally => ({
  month: row.month,
  organiser: row.organiser === all ? null : row.organiser,
  product: row.product === all ? null : row.product,
  customers: row.customers,
  outcomes: {
    completed: row.completed,
    'cancelled-in-time': row.cancelledInTime,
    'cancelled-late': row.cancelledLate,
    'not-at-home': row.notAtHome,
    'cancelled-by-provider': row.cancelledByProvider
  },
  plannedMinutes: row.plannedMinutes,
  actualMinutes: row.actualMinutes,
  billableMinutes: row.billableMinutes
})
