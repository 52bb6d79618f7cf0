import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOnly, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2.2 AA. */
const everyRule: RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
}

/** Of all the rules only this one sees the light. */
const contrast: RunOnly = { type: 'rule', values: ['color-contrast'] }

interface Injected {
  readonly axe: { run(of: Document, options: RunOptions): Promise<AxeResults> }
}

/**
 * Findings on the screen as it stands: the rule and how many places, never what they say. What a bar lies
 * over for now can be scrolled from under it, so bars lie down meanwhile.
 */
async function find(page: Page, runOnly: RunOnly): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source)
  const violations = await page.evaluate(async (rules) => {
    const { axe } = globalThis as unknown as Injected
    const bars = [...document.querySelectorAll<HTMLElement>('body *')].filter(
      (element) => getComputedStyle(element).position === 'sticky'
    )
    for (const bar of bars) bar.style.position = 'static'
    const results = await axe.run(document, {
      runOnly: rules,
      resultTypes: ['violations'],
      preload: false,
      iframes: false
    })
    for (const bar of bars) bar.style.removeProperty('position')
    return results.violations.map(({ id, nodes }) => ({ id, at: nodes.map((one) => one.target) }))
  }, runOnly)
  return violations.map(({ id, at }) => `${id}: ${at.map((target) => target.join(' ')).join(', ')}`)
}

/** Colours on their way from one to the other are nobody's fault, and neither is a dialog that is still rising. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const moving = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(moving.map(({ finished }) => finished))
  })
}

export async function findFaults(page: Page): Promise<string[]> {
  await settle(page)
  return find(page, everyRule)
}

export async function findFaultsInBothLights(page: Page): Promise<string[]> {
  const light = await findFaults(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await settle(page)
  const dark = await find(page, contrast)
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark.map((fault) => `dark: ${fault}`)]
}
