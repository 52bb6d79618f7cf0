import type { door as fi } from '#lib/i18n/fi/door.ts'

export const door = {} as const satisfies Record<keyof typeof fi, string>
