import type { ConsoleAct } from '#contract/console-act.ts'
import type { MessageKey } from '#lib/i18n/fi.ts'

type ActKey = Extract<MessageKey, `logs.act.${string}`>

const consoleWords = {
  'console/keys-rotate': 'logs.act.console-keys-rotate',
  'console/user': 'logs.act.console-user',
  'console/main-user': 'logs.act.console-main-user',
  'console/device-revoked': 'logs.act.console-device-revoked',
  'console/device-returned': 'logs.act.console-device-returned',
  'console/clock': 'logs.act.console-clock'
} as const satisfies Record<ConsoleAct, ActKey>

/** What a user did, by the request that the log keeps. One that is not here fails a test. */
export const actWords: Readonly<Record<string, ActKey>> = {
  ...consoleWords,
  'sign-in': 'logs.act.sign-in',
  'DELETE /api/session': 'logs.act.sign-out',
  'POST /api/session/pending': 'logs.act.pending',
  'POST /api/session/password': 'logs.act.password',
  'POST /api/passkeys': 'logs.act.passkey',
  'DELETE /api/passkeys/:id': 'logs.act.passkey-removed',
  'POST /api/devices': 'logs.act.device',
  'DELETE /api/devices/:id': 'logs.act.device-revoked',
  'POST /api/devices/:id/cookie': 'logs.act.device-cookie',
  'POST /api/rescue': 'logs.act.rescue',
  'PUT /api/office/organisation/rules': 'logs.act.rules',
  'PUT /api/office/organisation/policy': 'logs.act.policy',
  'POST /api/office/organisation/templates': 'logs.act.templates',
  'POST /api/office/notice': 'logs.act.notice',
  'POST /api/office/notice/tellings': 'logs.act.notice-told',
  'POST /api/office/incidents': 'logs.act.incident',
  'PUT /api/office/incidents/:id': 'logs.act.incident-changed',
  'POST /api/office/incidents/:id/steps': 'logs.act.incident-step',
  'PUT /api/office/organisation/visiting': 'logs.act.visiting',
  'PUT /api/office/organisation/transfers': 'logs.act.transfer-settings',
  'POST /api/office/users': 'logs.act.user-invited',
  'PUT /api/office/users/:id': 'logs.act.user-changed',
  'POST /api/office/users/:id/closing': 'logs.act.user-closed',
  'POST /api/prints/:id/destruction': 'logs.act.print-destroyed',
  'POST /api/office/users/:id/code': 'logs.act.user-code',
  'POST /api/office/awaiting': 'logs.act.awaiting',
  'POST /api/office/import/check': 'logs.act.import-check',
  'POST /api/office/import': 'logs.act.import',
  'PUT /api/office/import/mappings': 'logs.act.import-mappings',
  'POST /api/office/transfers/moves': 'logs.act.transfer-moves',
  'POST /api/office/transfers/exports': 'logs.act.transfer-export',
  'POST /api/office/customerships': 'logs.act.customership',
  'POST /api/office/week/swap': 'logs.act.week-swap',
  'POST /api/office/week/day-sheet': 'logs.act.day-sheet',
  'POST /api/office/summaries/approval': 'logs.act.summary-approval',
  'POST /api/office/summaries/delivery': 'logs.act.summary-delivery',
  'POST /api/office/completion-requests': 'logs.act.completion-request',
  'PUT /api/office/organisation/emblem': 'logs.act.emblem',
  'DELETE /api/office/organisation/emblem': 'logs.act.emblem-removed',
  'POST /api/office/requests': 'logs.act.request',
  'POST /api/office/requests/:request/acts': 'logs.act.request-act',
  'POST /api/office/reviews': 'logs.act.review',
  'POST /api/office/reviews/:review/judgements': 'logs.act.review-judgement',
  'POST /api/office/reviews/:review/closing': 'logs.act.review-closing',
  'POST /api/office/summaries/receipt': 'logs.act.summary-receipt'
}
