import type { Locator, Page } from 'playwright-core'
import { passphrase, password } from './household.ts'

/** The ways in, as a person goes them. */

export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { name, level: 1 })

export async function signIn(page: Page, username: string, word: string = password): Promise<void> {
  await page.getByLabel('Käyttäjätunnus').fill(username)
  await page.getByLabel('Salasana', { exact: true }).fill(word)
  await page.getByRole('button', { name: 'Kirjaudu sisään' }).click()
}

/** A browser that nobody used before, as far as the screen that makes a tablet of it. */
export async function toEnrolment(page: Page, address: string, username: string): Promise<void> {
  await page.goto(address)
  await signIn(page, username)
  await heading(page, 'Ota laite käyttöön').waitFor()
}

export async function enrol(page: Page): Promise<void> {
  await heading(page, 'Ota laite käyttöön').waitFor()
  await page.getByLabel('Salalause', { exact: true }).fill(passphrase)
  await page.getByLabel('Salalause uudelleen').fill(passphrase)
  await page.getByRole('button', { name: 'Ota käyttöön' }).click()
}

export async function unlock(page: Page, words: string = passphrase): Promise<void> {
  await page.getByLabel('Salalause', { exact: true }).fill(words)
  await page.getByRole('button', { name: 'Avaa', exact: true }).click()
}

/** From the first fetch to the day, with the app's own files kept: from here on it opens without a network. */
export async function toTheDay(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Laite on valmis' }).waitFor()
  await page.getByText('Sovellus avautuu myös ilman verkkoa').waitFor()
  await page.getByRole('link', { name: 'Aloita' }).click()
  await heading(page, 'Tänään').waitFor()
}

/** From the sign-in to the day. */
export async function comeIn(page: Page, username: string): Promise<void> {
  await signIn(page, username)
  await enrol(page)
  await toTheDay(page)
}
