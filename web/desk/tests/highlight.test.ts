import { expect, test } from 'vitest';

import { piecesOf } from '../src/text/highlight';

test('the very phrase stands out, wherever it stands', () => {
  expect(piecesOf('限男性，双休。限男性。', ['限男性'])).toEqual([
    { text: '限男性', hit: true },
    { text: '，双休。', hit: false },
    { text: '限男性', hit: true },
    { text: '。', hit: false },
  ]);
});

test('phrases that overlap are one piece', () => {
  expect(piecesOf('已婚已育优先', ['已婚已育', '已育优先'])).toEqual([{ text: '已婚已育优先', hit: true }]);
});

test('without a phrase the text stays whole', () => {
  expect(piecesOf('双休', [])).toEqual([{ text: '双休', hit: false }]);
  expect(piecesOf('双休', ['', '单休'])).toEqual([{ text: '双休', hit: false }]);
});
