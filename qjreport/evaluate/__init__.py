"""How accurate a reader of reports is: its facts against annotated documents.

    python -m qjreport.evaluate samples/gold
    python -m qjreport.evaluate samples/gold --tool "my-reader {file}"

`gold` reads the annotated documents and says where one breaks the format; `predictions` takes the facts of any tool and
finds their places in the gold text; `align` pairs them with the gold facts one to one and says which fields agree;
`score` counts, and puts intervals on the shares; `show` prints. docs/evaluation.md has the two forms of JSON, what is
counted and the scores of this version. Nothing here reads Chinese: a tool is judged by what it says.
"""
