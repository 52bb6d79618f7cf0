import type { office as fi } from '#lib/i18n/fi/office.ts'

export const office = {} as const satisfies Record<keyof typeof fi, string>
