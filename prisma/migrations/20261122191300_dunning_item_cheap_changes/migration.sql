-- DropIndex
DROP INDEX "DunningItem_actionId_idx";

-- DropIndex
DROP INDEX "DunningItem_nextOn_idx";
-- Room beside each row for its next version: plans change many rows a day.
ALTER TABLE "DunningItem" SET (fillfactor = 75);
