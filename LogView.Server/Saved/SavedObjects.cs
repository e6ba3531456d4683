using LogView.Client.Contracts.Accounts;
using LogView.Client.Contracts.Saved;

namespace LogView.Server.Saved;

/// <summary>The store of saved objects, behind the rules of who may what.</summary>
public sealed class SavedObjects(ISavedObjectStore store, TimeProvider time) : ISavedObjects
{
    /// <summary>Ids tried before giving up. The second try is already unheard of.</summary>
    private const int MaxAttempts = 5;

    private const string Gone = "It is not there (any more), or you may not see it";

    public async Task<SavedListOutcome> ListAsync(string kind, Viewer viewer, CancellationToken cancellationToken)
    {
        if (Refusal(viewer) is { } refusal)
        {
            return new SavedListOutcome(null, refusal);
        }

        try
        {
            IReadOnlyList<SavedObject> all = await store.ListAsync(kind, cancellationToken);
            return new SavedListOutcome(
                [.. all.Where(s => s.MayBeSeenBy(viewer)).OrderBy(s => s.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(s => s.Id, StringComparer.Ordinal)], null);
        }
        catch (SavedStoreException e)
        {
            return new SavedListOutcome(null, new SavedProblem(SavedProblemKind.Unavailable, e.Message));
        }
    }

    public Task<SavedOutcome> FindAsync(string kind, string id, Viewer viewer, CancellationToken cancellationToken) =>
        GuardAsync(viewer, async () => await VisibleAsync(kind, id, viewer, cancellationToken) is { } saved ? SavedOutcome.Ok(saved) : NotFound());

    public Task<SavedOutcome> CreateAsync(SavedDraft draft, Viewer viewer, CancellationToken cancellationToken) => GuardAsync(viewer, async () =>
    {
        if (SavedRules.Problem(draft) is { } problem)
        {
            return SavedOutcome.Fail(SavedProblemKind.Invalid, problem);
        }

        if (await IsFullAsync(draft.Kind, cancellationToken) is { } full)
        {
            return full;
        }

        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await store.InsertAsync(New(SavedIds.New(), draft, viewer), cancellationToken) is { } saved)
            {
                return SavedOutcome.Ok(saved);
            }
        }

        return SavedOutcome.Fail(SavedProblemKind.Unavailable, "No free id was found: try again");
    });

    public Task<SavedOutcome> ReplaceAsync(string id, string version, SavedDraft draft, Viewer viewer, CancellationToken cancellationToken) => GuardAsync(viewer, async () =>
    {
        if (SavedRules.Problem(draft) is { } problem)
        {
            return SavedOutcome.Fail(SavedProblemKind.Invalid, problem);
        }

        if (await VisibleAsync(draft.Kind, id, viewer, cancellationToken) is not { } current)
        {
            return NotFound();
        }

        if (!current.MayBeChangedBy(viewer) || (draft.Access != current.Access && !current.IsOwnedBy(viewer)))
        {
            return Forbidden(current);
        }

        SavedObject changed = current with
        {
            Name = draft.Name.Trim(),
            Access = draft.Access,
            Content = draft.Content,
            UpdatedAt = time.GetUtcNow(),
            UpdatedBy = viewer.Name,
            Version = version,
        };
        return await store.ReplaceAsync(changed, cancellationToken) is { } saved ? SavedOutcome.Ok(saved) : await ConflictAsync(draft.Kind, id, cancellationToken);
    });

    public Task<SavedOutcome> DeleteAsync(string kind, string id, string version, Viewer viewer, CancellationToken cancellationToken) => GuardAsync(viewer, async () =>
    {
        if (await VisibleAsync(kind, id, viewer, cancellationToken) is not { } current)
        {
            return NotFound();
        }

        if (!current.IsOwnedBy(viewer))
        {
            return Forbidden(current);
        }

        return await store.DeleteAsync(kind, id, version, cancellationToken) ? SavedOutcome.Ok(current) : await ConflictAsync(kind, id, cancellationToken);
    });

    public Task<SavedOutcome> LinkAsync(string address, Viewer viewer, CancellationToken cancellationToken) => GuardAsync(viewer, async () =>
    {
        if (!SignInPaths.IsLocal(address))
        {
            return SavedOutcome.Fail(SavedProblemKind.Invalid, "address: expected an address within this site, from its first slash on");
        }

        SavedDraft draft = new(SavedKinds.Link, "link", SavedAccess.View, LinkContent.Write(address));
        if (SavedRules.Problem(draft) is { } problem)
        {
            return SavedOutcome.Fail(SavedProblemKind.Invalid, problem);
        }

        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            string id = SavedIds.Of(address, attempt);
            SavedObject? there = await store.FindAsync(SavedKinds.Link, id, cancellationToken);
            if (there is null && await IsFullAsync(SavedKinds.Link, cancellationToken) is { } full)
            {
                return full;
            }

            there ??= await store.InsertAsync(New(id, draft, viewer), cancellationToken) ?? await store.FindAsync(SavedKinds.Link, id, cancellationToken);
            if (there is not null && string.Equals(LinkContent.Read(there.Content), address, StringComparison.Ordinal))
            {
                return SavedOutcome.Ok(there);
            }
        }

        return SavedOutcome.Fail(SavedProblemKind.Unavailable, "No free id was found: try again");
    });

    private static SavedOutcome NotFound() => SavedOutcome.Fail(SavedProblemKind.NotFound, Gone);

    private static SavedOutcome Forbidden(SavedObject current) =>
        SavedOutcome.Fail(SavedProblemKind.Forbidden, $"'{current.Name}' belongs to {current.Owner}, who did not share this right: save it under another name");

    private static SavedProblem? Refusal(Viewer viewer) =>
        viewer.May(Rights.Search) ? null : new SavedProblem(SavedProblemKind.Forbidden, "Saved objects need the right to search (scope search)");

    private static async Task<SavedOutcome> GuardAsync(Viewer viewer, Func<Task<SavedOutcome>> work)
    {
        if (Refusal(viewer) is { } refusal)
        {
            return new SavedOutcome(null, refusal);
        }

        try
        {
            return await work();
        }
        catch (SavedStoreException e)
        {
            return SavedOutcome.Fail(SavedProblemKind.Unavailable, e.Message);
        }
    }

    private async Task<SavedObject?> VisibleAsync(string kind, string id, Viewer viewer, CancellationToken cancellationToken) =>
        SavedIds.IsValid(id) && await store.FindAsync(kind, id, cancellationToken) is { } saved && saved.MayBeSeenBy(viewer) ? saved : null;

    private async Task<SavedOutcome> ConflictAsync(string kind, string id, CancellationToken cancellationToken) =>
        await store.FindAsync(kind, id, cancellationToken) is { } now
            ? SavedOutcome.Fail(SavedProblemKind.Conflict, $"{now.UpdatedBy} changed '{now.Name}' meanwhile: nothing was overwritten", now)
            : NotFound();

    /// <summary>Two writers at the same moment may pass together: the limit is for memory and menus, one more harms nobody.</summary>
    private async Task<SavedOutcome?> IsFullAsync(string kind, CancellationToken cancellationToken) =>
        await store.CountAsync(kind, cancellationToken) < SavedLimits.MaxOf(kind)
            ? null
            : SavedOutcome.Fail(SavedProblemKind.Full, $"There are {SavedLimits.MaxOf(kind)} of the kind {kind} already: delete some first");

    private SavedObject New(string id, SavedDraft draft, Viewer viewer)
    {
        DateTimeOffset now = time.GetUtcNow();
        return new SavedObject(id, draft.Kind, draft.Name.Trim(), viewer.Name, draft.Access, draft.Content, now, now, viewer.Name, "");
    }
}
