import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFunctions } from '../../../src/views/functions/pythonFunctions';

const found = (text: string) =>
  findFunctions(text).map(
    ({ name, isAsync, parameters, line }) => `${line} ${isAsync ? 'async ' : ''}${name}(${parameters})`,
  );

test('functions at the top level are found, with and without async', () => {
  const text = `import x

def plain(a, b=2):
    def inner(): pass

async def waits(n: int) -> str:
    return str(n)

class C:
    def method(self): pass

def  späť( ): pass
def generic[T](item: T) -> list[T]: return [item]
def many(
    a,
    b,
):
    pass
`;
  assert.deepEqual(found(text), [
    '3 plain(a, b=2)',
    '6 async waits(n: int)',
    '12 späť( )',
    '13 generic(item: T)',
    '14 many()',
  ]);
});

test('what only looks like a function inside a text is none', () => {
  const text = `"""
def in_docstring(): pass
"""
X = '''
def in_text(): pass
''' + """x""" + '''
def still_in_text(): pass
'''
def real(): pass
default = 1
`;
  assert.deepEqual(found(text), ['9 real()']);
});

test('of a name that is defined twice the later one counts, and a broken file does not matter', () => {
  assert.deepEqual(found('def a(): pass\ndef broken(:\ndef a(x): pass\r\n'), ['2 broken()', '3 a(x)']);
  assert.deepEqual(found(''), []);
});
