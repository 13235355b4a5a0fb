-- AlterTable
ALTER TABLE "Staff" ADD COLUMN     "ownAccounts" BOOLEAN NOT NULL DEFAULT false;