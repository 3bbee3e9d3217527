import type { Page } from 'playwright-core';

const LEAST_CONTRAST = 4.5;
const LEAST_TARGET_PX = 44;

/** What is wrong with the page that a browser shows; each finding in words. */
export async function inspect(page: Page): Promise<string[]> {
  const [structure, contrast, targets] = [
    await page.evaluate(findBrokenStructure),
    await page.evaluate(findPoorContrast, LEAST_CONTRAST),
    await page.evaluate(findSmallTargets, LEAST_TARGET_PX),
  ];
  return [...structure, ...contrast, ...targets];
}

// The functions below run in the browser: each stands alone.

function findBrokenStructure(): string[] {
  const problems: string[] = [];
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index)))
    problems.push(`id ${id} twice`);
  for (const name of ['for', 'aria-labelledby', 'aria-describedby']) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      for (const id of (element.getAttribute(name) ?? '').split(' ')) {
        if (document.getElementById(id) === null) problems.push(`${name} leads nowhere: ${id}`);
      }
    }
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) {
    const id = link.getAttribute('href')?.slice(1) ?? '';
    if (document.getElementById(id) === null) problems.push(`link leads nowhere: #${id}`);
  }
  const controls = document.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), textarea, select');
  for (const control of controls) {
    if ((control.labels ?? []).length === 0) problems.push(`no label: ${control.name || control.id}`);
  }
  if (document.querySelectorAll('h1').length !== 1) problems.push('not one h1');
  if (document.querySelector('[tabindex]:not([tabindex="-1"], [tabindex="0"])'))
    problems.push('tab order is bent');
  return problems;
}

function findPoorContrast(least: number): string[] {
  const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element: Element | null): string => {
    for (let at = element; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if ((channels(backgroundColor)[3] ?? 1) === 1) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const problems = new Set<string>();
  for (const element of document.querySelectorAll('body *')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (!hasText || element.closest('noscript') !== null) continue;
    const { color, opacity } = getComputedStyle(element);
    const [light = 0, dark = 0] = [luminance(color), luminance(backgroundOf(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < least || opacity !== '1')
      problems.add(`${element.className || element.tagName}: ${ratio.toFixed(2)}`);
  }
  return [...problems];
}

function findSmallTargets(least: number): string[] {
  const problems: string[] = [];
  const targets = 'button, .button, summary, select, textarea, input:not([type=hidden]), .nameplate';
  for (const target of document.querySelectorAll<HTMLElement>(targets)) {
    // The words of a box to tick are part of its target.
    const { width, height } = (target.closest('.choice') ?? target).getBoundingClientRect();
    const shown = width > 0 && height > 0;
    if (shown && height < least - 0.5)
      problems.push(`${target.className || target.tagName} is ${height} px high`);
  }
  return problems;
}
