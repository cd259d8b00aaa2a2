from tests.validation.builders import *
from validation.check import check_reports

names = gold_ids()
rs = [marked_reading(n) for n in names]
for n, r in zip(names, rs):
    g = gold(n)
    prim = r.primaries()
    for c, v in g["figures"].items():
        if c not in prim or abs(float(prim[c].value) - v) > 1e-6 * max(1, abs(v)):
            print("BUILD", n, c, v, prim.get(c) and prim[c].value)
for n, fs in zip(names, check_reports(rs)):
    print(n, [(x["rule"], x["codes"]) for x in gold(n)["findings"]])
    for f in fs:
        print("    ", f.rule, f.severity, f.figures, "|", f.printed, "|", f.expected)
        print("         ", f.message_en[:250])
        for p in f.proposals:
            print("        >>", p.figure, p.value, p.evidence_en)
