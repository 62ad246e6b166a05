// Writes the licences of the packages that the bundles contain, as those licences ask: dist/third-party.txt.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './support.mjs';

/**
 * @param metafiles what esbuild tells of its builds, each with the inputs of a bundle
 * @param copied names of packages of which a file lies beside the bundles
 */
export function writeThirdPartyLicences(metafiles, copied) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const packages = inputs.flatMap((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []);
  const texts = [...new Set([...packages, ...copied])].sort().map(licenceOf);
  writeFileSync(
    join(root, 'dist/third-party.txt'),
    `Interleave contains the following packages.\n\n${texts.join('\n')}`,
  );
}

function licenceOf(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} ${version} (${license}) has no file with its licence: it cannot be shipped.`);
  return `${'='.repeat(80)}\n${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
