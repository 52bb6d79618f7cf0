import { dayAt, toMoment } from '#contract/day.ts'
import { formatBytes, formatDateTime, formatDay } from '#lib/i18n/format.ts'
import { say } from '#lib/i18n/say.ts'
import type { Check, Standing, Verdict } from './checks.ts'

interface Words {
  readonly what: string
  /** What to do, where something is to be done. */
  readonly more: string[]
}

const minute = 60_000

/** What a check found, in plain words. */
export const checkWords: Readonly<Record<Check, (of: Standing, verdict: Verdict) => Words>> = {
  clients: ({ clients }, verdict) => {
    if (clients.expected === 0) return { what: say('ready.no-clients'), more: [] }
    return verdict === 'good'
      ? { what: say('ready.clients', { count: clients.expected }), more: [] }
      : { what: say('ready.clients-missing', clients), more: [say('ready.get-network')] }
  },
  app: (_, verdict) =>
    verdict === 'good'
      ? { what: say('ready.app'), more: [] }
      : { what: say('ready.app-missing'), more: [say('ready.get-network')] },
  fresh: ({ freshAt }, verdict) => ({
    what: freshAt ? say('ready.fresh', { at: formatDateTime(freshAt) }) : say('field.never'),
    more: verdict === 'good' ? [] : [say('ready.get-network')]
  }),
  lease: ({ leaseUntil }, verdict) => ({
    what: say('ready.lease', { at: formatDateTime(toMoment(leaseUntil)) }),
    more: verdict === 'good' ? [] : [say('ready.lease-more')]
  }),
  unsent: ({ unsent, unsentSince }, verdict) => {
    if (verdict === 'good') return { what: say('ready.sent'), more: [] }
    const since = unsentSince === null ? '' : formatDateTime(toMoment(unsentSince))
    const more = verdict === 'stop' ? 'ready.unsent-old' : 'ready.unsent-more'
    return { what: say('ready.unsent', { count: unsent }), more: [say(more, { since })] }
  },
  permits: ({ permits, now }) => {
    if (permits.length === 0) return { what: say('ready.permits'), more: [] }
    return {
      what: say('ready.permits-ending', { count: permits.length }),
      more: permits.map(({ firstName, type, until }) =>
        say(until < dayAt(now) ? 'ready.permit-over' : 'ready.permit-ends', {
          firstName,
          permit: say(`document-type.${type}`),
          day: formatDay(until)
        })
      )
    }
  },
  space: ({ space }, verdict) => {
    if (!space) return { what: say('browser.space'), more: [say('browser.space.more')] }
    const free = formatBytes(space.free)
    return verdict === 'good'
      ? { what: say('ready.space', { free }), more: [] }
      : { what: say('storage.tight'), more: [say('storage.tight-more', { free })] }
  },
  persistence: (_, verdict) =>
    verdict === 'good'
      ? { what: say('storage.keeps'), more: [] }
      : { what: say('storage.may-evict'), more: [say('storage.may-evict-more')] },
  clock: ({ clockOffset }, verdict) => {
    if (verdict === 'good') return { what: say('ready.clock'), more: [] }
    const count = Math.round(Math.abs(clockOffset) / minute)
    const off = clockOffset > 0 ? 'ready.clock-ahead' : 'ready.clock-behind'
    return { what: say(off, { count }), more: [say('ready.clock-more')] }
  },
  version: (_, verdict) =>
    verdict === 'good'
      ? { what: say('ready.version'), more: [] }
      : { what: say('ready.version-new'), more: [say('ready.version-more')] }
}
