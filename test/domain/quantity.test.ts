import test from 'ava';
import { canonicalQuantity } from '../../src/domain/kubernetes/quantity.ts';

const amounts: Readonly<Record<string, string>> = {
  '0.5': '500m',
  '1000m': '1',
  '1024Mi': '1Gi',
  '1.5Gi': '1536Mi',
  '0.5Gi': '512Mi',
  '500M': '500M',
  '2000': '2k',
  '0': '0',
  '1e3': '1e3',
  '100n': '100n',
  '512': '512',
  '-1': '-1',
  '1E': '1E',
  '1.1Ki': '1126400m',
  '1.500': '1.500',
  '1.5': '1500m',
  '05': '05',
  '+5': '+5',
  '0.500': '500m',
  '1536Mi': '1536Mi',
  '1000000k': '1G',
};

for (const [given, canonical] of Object.entries(amounts))
  test(`${given} is ${canonical}`, t => t.is(canonicalQuantity(given), canonical));

for (const bad of ['', 'abc', '1Gb', '1 Gi'])
  test(`${JSON.stringify(bad)} is no amount`, t => void t.throws(() => canonicalQuantity(bad)));
