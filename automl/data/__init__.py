"""From files to typed tables: readers, snapshots, schemas, profiles and checks."""
