"""Pages damaged as pages in the wild are: a quote, a tag or the end of one is missing, a stray piece of markup."""

from __future__ import annotations

import random
import re

TAG = re.compile(r"<[^>]*>")
# What stands in pages where nobody meant it: elements that are never closed, halves of comments, words of editors.
PIECES = """
    <head>|</head>|<body>|</body>|<html>|</html>|<title>|<title>旁注</title>|<meta name="keywords" content="甲,乙">
    <meta charset=gbk />|<meta name=description content="甲"乙">|<META NAME="a" CONTENT="b|<base href=x>
    <link rel=a>|<script>|<script>var a="<p>";</script>|<style>|<style>p{}</style>|<noscript>|</noscript>
    <noscript><img src=a></noscript>|<iframe src=x />|<iframe>|<iframe src=x></iframe>|<noframes>|<noembed>|<xmp>
    <plaintext>|<textarea>|<textarea>甲</textarea>|<!--|-->|<!-->|<!---|<!--[if IE]>|<![endif]-->|<![if !IE]>
    <!DOCTYPE html>|<?xml version="1.0"?>|<![CDATA[甲]]>|</ p>|<?xml:namespace prefix = o ns = "x" />|<o:p></o:p>|<
    >|</|<>|</>|<1|< p>|&#|&#57;|&amp|&nbsp|&lt;|&#x39|&notit;|<select><option>1|<select>|</select>|<option>
    <optgroup>|<input value=3>|<button>|<form>|</form>|<label>|<fieldset>|<svg>|<svg/>|<math>|<object>|<embed>
    <applet>|<audio>|<video>|<canvas>|<template>|</template>|<ruby>甲<rt>乙</ruby>|<rt>|<rp>|<table>|</table>|<tr>
    <td>|</td>|</tr>|<tbody>|<caption>表|<col>|<colgroup>|<p>|</p>|<p/>|<div/>|<span/>|<br/>|</br>|<center>
    </center>|<font>|</font>|<a href="x>|<a href='x">|<a href="x"">|<div class="a"id=b>|<li>|<ul>|</ul>|<dd>|<h1>
    </h1>|<b>|</b>|<i>|<hr>|<pre>|<nobr>|<marquee>|<details>|<summary>|<image src=a>|<wbr>|<area>|<map>
    <param name=a>
"""
STRAY = [piece.strip() for piece in re.split(r"[|\n]", PIECES) if piece.strip()]


def damage(page: str, choose: random.Random) -> tuple[str, list[str]]:
    """The page with one to three damages, sometimes all on one line, and what they are."""
    done = []
    if choose.random() < 0.3:
        page = page.replace("\n", "").replace("\r", "")
        done.append("on one line")
    for _ in range(choose.choice((1, 1, 1, 2, 3))):
        tags = list(TAG.finditer(page))
        if not tags:
            break
        tag, kind = choose.choice(tags), choose.random()
        quotes = [place for place in range(tag.start(), tag.end()) if page[place] in "\"'"]
        if kind < 0.15 and quotes:
            place = choose.choice(quotes)
            page = page[:place] + page[place + 1 :]
            done.append(f"a quote is missing: {tag[0]}")
        elif kind < 0.25:
            page = page[: tag.end() - 1] + page[tag.end() :]
            done.append(f"not closed: {tag[0]}")
        elif kind < 0.4:
            page = page[: tag.start()] + page[tag.end() :]
            done.append(f"missing: {tag[0]}")
        else:
            place = tag.start() if choose.random() < 0.85 else choose.randrange(len(page))
            stray = choose.choice(STRAY)
            page = page[:place] + stray + page[place:]
            done.append(f"stray: {stray}")
    return page, done
