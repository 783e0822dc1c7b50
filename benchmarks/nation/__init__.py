"""A library of a whole nation, fictional from end to end, the same for the same seed.

    library.toml  sources.toml
    territories.toml            the State, then a commune for each local contract
    cadre-national/
      contract.toml             the framework, derived for every commune
      sheets/mesure-01.toml …   31 sheets in 5 axes, each with its whole text
      amendments/avenant-01 …   20 amendments of the framework, two months apart
      local/01001.toml …        a local contract for each commune
      local/01001/amendments/   its own amendment, where it has one

Codes have the shape of INSEE codes, département first; they are given out in turn and are no real
communes: the names say "Commune 01001", the texts that they are invented. What a commune's file
says depends on the seed and on its code only, so that a small nation is a sample of a large one.

Of a hundred local contracts 80 are `small` (all sheets, none to two changes), 17 `middling` (three
to eight), 2 `listed` (only named sheets, under axes of their own) and 1 is `heavy` (every kind of
change, several sheets of its own with their indicators). Three of a hundred were written for an
earlier text of the framework, and are to be read again.

There are 200 amendments for 35,000 communes: 20 of the framework, because each of its texts is one
that every local contract may have been written for, and 180 of local contracts, one in 195, so that
the cost of a local amendment grows with the nation like everything else.
"""

from nation.written import write_nation

__all__ = ["write_nation"]
