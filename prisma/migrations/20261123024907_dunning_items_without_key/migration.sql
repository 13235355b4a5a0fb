-- DropForeignKey
ALTER TABLE "DunningItem" DROP CONSTRAINT "DunningItem_versionId_fkey";