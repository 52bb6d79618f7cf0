import { say } from '#lib/i18n/say.ts'
import type { AlertKind } from './alerts.ts'

export function alertTitle(kind: AlertKind): string {
  return kind === 'noContact' ? say('card.alert.noContact') : say(`profile.${kind}`)
}
