-- AlterTable
ALTER TABLE "DunningItem" ADD COLUMN     "announcedBy" TEXT,
ADD COLUMN     "announcedOn" DATE,
ADD COLUMN     "remindedBy" TEXT,
ADD COLUMN     "remindedOn" DATE;