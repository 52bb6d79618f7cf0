import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vitest/config'
import { firstScreen, firstScreens, type Graph } from './tools/first-screens.js'
import { promises } from './tools/promises.js'

/** What every change need not wait for: `npm run soak` walks these, and `vitest run --project long`. */
const longJourneys = [
  'tests/journeys/accounts.test.ts',
  'tests/journeys/any-size.test.ts',
  'tests/journeys/bad-network.test.ts',
  'tests/journeys/behalf.test.ts',
  'tests/journeys/client-table.test.ts',
  'tests/journeys/day-sheet.test.ts',
  'tests/journeys/decisions-and-hours.test.ts',
  'tests/journeys/delivery.test.ts',
  'tests/journeys/documents.test.ts',
  'tests/journeys/emblem.test.ts',
  'tests/journeys/going-wrong.test.ts',
  'tests/journeys/import.test.ts',
  'tests/journeys/killed-browser.test.ts',
  'tests/journeys/lesser-browser.test.ts',
  'tests/journeys/live.test.ts',
  'tests/journeys/locking.test.ts',
  'tests/journeys/lost-tablet.test.ts',
  'tests/journeys/new-version.test.ts',
  'tests/journeys/notice.test.ts',
  'tests/journeys/passkeys.test.ts',
  'tests/journeys/people.test.ts',
  'tests/journeys/profile-scan.test.ts',
  'tests/journeys/profile.test.ts',
  'tests/journeys/requests.test.ts',
  'tests/journeys/rescue.test.ts',
  'tests/journeys/scanning.test.ts',
  'tests/journeys/shared-tablet.test.ts',
  'tests/journeys/siblings.test.ts',
  'tests/journeys/slips.test.ts',
  'tests/journeys/slow-first-fetch.test.ts',
  'tests/journeys/statistics.test.ts',
  'tests/journeys/storage.test.ts',
  'tests/journeys/summaries.test.ts',
  'tests/journeys/templates.test.ts',
  'tests/journeys/transfers.test.ts',
  'tests/journeys/two-versions.test.ts',
  'tests/journeys/under-fire.test.ts',
  'tests/journeys/updates.test.ts',
  'tests/journeys/verify.test.ts',
  'tests/journeys/visit-times.test.ts',
  'tests/journeys/week.test.ts',
  'tests/journeys/working-days.test.ts'
]

/** Whole rotations of the root key, killed at each of their steps. */
const longPromises = ['tests/promises/root-key.test.ts']

/** What starts servers and kills them, or has the only database, clock or network of a browser to itself. */
const apart = [
  'server/{demo,diagnose,main}.test.ts',
  'src/lib/customerships/office-desk.test.ts',
  'src/lib/device/{door-rows,gateway,visit-end}.test.ts',
  'src/lib/documents/save-document.test.ts',
  'src/lib/outbox/{courier,deliver}.test.ts',
  'src/lib/sync/tablet.test.ts',
  'src/lib/usage/record-reading.test.ts',
  'src/lib/vault/{first-look,keyring-place,purge}.test.ts',
  'src/rescue/rescue.test.ts',
  'tests/house/**/*.test.ts',
  'tests/laws/**/*.test.ts',
  'tests/promises/{05-logs,07-backups,07-forensics,import,killed-*,power-loss,push-answers}.test.ts',
  'tests/simulator/**/*.test.ts',
  'tests/wire/recorded-vaults.test.ts'
]

/** All but what forms ask with, which is no part of unlocking and of Tänään. */
const firstParts =
  /src\/lib\/ui\/(?!(ActionBar|Choice|DayField|Facts|Group|Meter|Select|Table|TextArea|Tick|TimeField|written)\.)/

export default defineConfig({
  plugins: [sveltekit(), promises()],
  worker: { format: 'es' },
  resolve: {
    // The build for today's engines: smaller, and awaits natively.
    alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }]
  },
  build: {
    target: 'es2023',
    // Forty components compress better together than one by one: what the first screen shows, and what forms ask with.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What both need lies with the first: a group takes along what it depends on.
            ...firstScreens.map((name, index) => ({
              name: (id: string, graph: Graph) => (firstScreen(id, graph) === name ? name : null),
              debugName: name,
              priority: 2 + firstScreens.length - index
            })),
            { name: 'ui', test: firstParts, priority: 2 },
            { name: 'forms', test: /src\/lib\/ui\//, priority: 1 }
          ]
        }
      }
    }
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          // The same modules are read once, and not for each of two hundred files.
          isolate: false,
          // Real key derivation and real disks, on machines that may be busy.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          include: [
            'contract/**/*.test.ts',
            'server/**/*.test.ts',
            'src/**/*.test.ts',
            'tests/{promises,wire}/**/*.test.ts'
          ],
          exclude: [...apart, ...longPromises]
        }
      },
      {
        extends: true,
        test: {
          name: 'unit-apart',
          environment: 'node',
          testTimeout: 30_000,
          hookTimeout: 30_000,
          include: apart
        }
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          environment: 'node',
          include: ['tests/journeys/**/*.test.ts'],
          // Fifteen minutes are what a change waits for.
          exclude: longJourneys,
          testTimeout: 120_000,
          hookTimeout: 120_000
        }
      },
      {
        extends: true,
        test: {
          name: 'long',
          environment: 'node',
          include: [...longJourneys, ...longPromises],
          fileParallelism: false,
          testTimeout: 400_000,
          hookTimeout: 120_000
        }
      },
      {
        // The server's tests once more, with its store on PostgreSQL.
        extends: true,
        test: {
          name: 'postgres',
          environment: 'node',
          globalSetup: 'tests/support/postgres-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ['server/**/*.test.ts', 'tests/{laws,promises}/**/*.test.ts'],
          // It spoils files, one after the other.
          exclude: ['server/diagnose.test.ts']
        }
      },
      {
        // Whole installations, by `npm run deployment` only: packages are fetched, and minutes pass.
        extends: true,
        test: {
          name: 'deployment',
          environment: 'node',
          include: ['tests/deployment/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 400_000,
          hookTimeout: 400_000
        }
      },
      {
        // Other engines than the tests' own, by `npm run engines` only: they may not be there.
        extends: true,
        test: {
          name: 'engines',
          environment: 'node',
          include: ['tests/engines/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 400_000,
          hookTimeout: 120_000
        }
      }
    ]
  }
})
