-- AlterTable
ALTER TABLE "DunningAction" ADD COLUMN     "callOn" DATE,
ADD COLUMN     "tries" INTEGER NOT NULL DEFAULT 0;