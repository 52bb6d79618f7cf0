import type { Locator, Page } from 'playwright-core'

/** What a figure, a time or a day says is no matter of reading order. */
const figures = /\d+(?:[.,–]\d+)*/g
const weekdays =
  /\b(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|ma|ti|ke|to|pe|la|su) (?=#)/g

const hours = /Hyvää (?:huomenta|päivää|iltaa)(?=,)/g

/**
 * What a screen reader comes to, from top to bottom: a line for each control, heading, region and text
 * of the accessibility tree, with its role and its name. Numbers are read as `#`, a day without its weekday,
 * a greeting without its hour.
 */
export async function readAloud(part: Locator): Promise<string[]> {
  const lines = (await part.ariaSnapshot()).split('\n').map((line) => {
    const text = line.trim().replace(/^- /, '')
    // YAML puts into quotes what has a colon in it.
    const bare = /^'(.*)'(:?.*)$/.exec(text)
    return bare ? `${bare[1]?.replaceAll("''", "'")}${bare[2]}` : text
  })
  return lines
    .filter((line, index) => !line.startsWith('/url:') && !isOwnLabel(line, lines[index - 1] ?? ''))
    .map((line) =>
      line.replace(/:$/, '').replace(figures, '#').replace(weekdays, '').replace(hours, 'Hyvää #')
    )
}

/** The words of a label beside its control are read as the control's name, once. */
function isOwnLabel(line: string, before: string): boolean {
  const label = /^text: (.*)$/.exec(line)?.[1]
  return (
    label !== undefined && new RegExp(`^(checkbox|radio|group) "${escaped(label)}"`).test(before)
  )
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Writes down what live regions say from here on, as a screen reader would say it, in its order. */
export async function listenTo(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(globalThis, { said })
    const live = '[role=status],[role=alert],[aria-live]:not([aria-live=off])'
    const last = new WeakMap<Element, string>()
    for (const region of document.querySelectorAll(live))
      last.set(region, region.textContent?.trim() ?? '')
    new MutationObserver((records) => {
      const regions = new Set(
        records.flatMap(({ target }) => {
          const element = target instanceof Element ? target : target.parentElement
          return [
            ...(element?.closest(live) ? [element.closest(live) as Element] : []),
            ...(element?.querySelectorAll('[role=alert]') ?? [])
          ]
        })
      )
      for (const region of regions) {
        const text = region.textContent?.replace(/\s+/g, ' ').trim() ?? ''
        if (text !== '' && text !== last.get(region)) said.push(text)
        last.set(region, text)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return () => page.evaluate(() => (globalThis as unknown as { said: string[] }).said.splice(0))
}
