import type { Month } from '#contract/month.ts'
import { placeName, type Place } from '#contract/place.ts'
import type { PlacedSum } from '#contract/placed-sum.ts'
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
  'billableMinutes',
  'grantedCustomers',
  'grantedMinutes'
] as const satisfies readonly (keyof TallyTable)[]

interface Left {
  readonly visits: readonly Tally[]
  readonly granted: readonly PlacedSum[]
}

/** What deleted customerships were in the statistics: sums by month, organiser and product, and nobody's name or id. */
export class Tallies {
  readonly #database: Database<RegisterTables>

  constructor(database: Database<RegisterTables>) {
    this.#database = database
  }

  async add(left: Left): Promise<void> {
    await this.#database.transact(async () => {
      for (const row of leftToRows(left))
        await this.#database.sql
          .insertInto('tallies')
          .values(row)
          .onConflict((conflict) =>
            conflict
              .columns(['month', 'organiser', 'product'])
              .doUpdateSet((old) =>
                Object.fromEntries(
                  counted.map((count) => [
                    count,
                    old(`tallies.${count}`, '+', old.ref(`excluded.${count}`))
                  ])
                )
              )
          )
          .execute()
    })
  }

  /** Both months belong to it. */
  async between(from: Month, until: Month): Promise<Left> {
    const rows = await this.#database.sql
      .selectFrom('tallies')
      .selectAll()
      .where('month', '>=', from)
      .where('month', '<=', until)
      .execute()
    // A place in which there was only the one is no place of the other.
    return {
      visits: rows.filter(({ customers }) => customers > 0).map(rowToTally),
      granted: rows.filter(({ grantedCustomers }) => grantedCustomers > 0).map(rowToGranted)
    }
  }
}

/** A place may have visits and no grant, or a grant and no visit. */
function leftToRows({ visits, granted }: Left): TallyTable[] {
  const rows = new Map<string, TallyTable>()
  for (const tally of visits) rows.set(placeName(tally), tallyToRow(tally))
  for (const sum of granted) {
    const name = placeName(sum)
    const { customers: grantedCustomers, amount: grantedMinutes } = sum
    rows.set(name, { ...(rows.get(name) ?? emptyRow(sum)), grantedCustomers, grantedMinutes })
  }
  return [...rows.values()]
}

const emptyRow = ({ month, organiser, product }: Place): TallyTable => ({
  month,
  organiser: organiser ?? all,
  product: product ?? all,
  customers: 0,
  completed: 0,
  cancelledInTime: 0,
  cancelledLate: 0,
  notAtHome: 0,
  cancelledByProvider: 0,
  plannedMinutes: 0,
  actualMinutes: 0,
  billableMinutes: 0,
  grantedCustomers: 0,
  grantedMinutes: 0
})

const tallyToRow = (tally: Tally): TallyTable => ({
  ...emptyRow(tally),
  customers: tally.customers,
  completed: tally.outcomes.completed,
  cancelledInTime: tally.outcomes['cancelled-in-time'],
  cancelledLate: tally.outcomes['cancelled-late'],
  notAtHome: tally.outcomes['not-at-home'],
  cancelledByProvider: tally.outcomes['cancelled-by-provider'],
  plannedMinutes: tally.plannedMinutes,
  actualMinutes: tally.actualMinutes,
  billableMinutes: tally.billableMinutes
})

const placeOf = ({ month, organiser, product }: TallyTable): Place => ({
  month,
  organiser: organiser === all ? null : organiser,
  product: product === all ? null : product
})

const rowToTally = (row: TallyTable): Tally => ({
  ...placeOf(row),
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

const rowToGranted = (row: TallyTable): PlacedSum => ({
  ...placeOf(row),
  customers: row.grantedCustomers,
  amount: row.grantedMinutes
})
